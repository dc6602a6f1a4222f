"""An app of one command and nothing to do: the least that a program with typer can take."""

from typing import Annotated

import typer

app = typer.Typer()


def show_version(asked: bool) -> None:  # noqa: FBT001  typer calls it
    """Say the version and end."""
    if asked:
        typer.echo("bare 1.0")
        raise typer.Exit


@app.command()
def bare(
    name: str = "world",
    version: Annotated[  # noqa: ARG001, FBT002  typer's, and its callback ends the program
        bool, typer.Option("--version", is_eager=True, callback=show_version)
    ] = False,
) -> None:
    """Greet somebody."""
    typer.echo(f"Hello {name}")


app(prog_name="bare")
