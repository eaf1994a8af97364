"""Commands that keep the application running: up, serve, work and the database."""

import os
import sys
from dataclasses import replace

import click

from scheduler.cli.children import Child, Household, own_command, require_free_port
from scheduler.cli.installation import made_config, ready_config
from scheduler.config import read_config
from scheduler.services import database, lifeline, transfer, worker
from scheduler.services.context import create_app_context


@click.command()
def up() -> None:
    """Make ready and start everything: database, sample on an empty one, web server and worker. Ctrl-C ends all."""
    config = read_config()
    require_free_port(config.host, config.port)
    database.upgrade(config)
    app = create_app_context(config)
    sample = transfer.load_sample(app) if database.is_empty(app) else transfer.sample_sign_ins(app)
    web = own_command("web")
    home = Household([Child("web server", web), Child("worker", own_command("scheduler", "work"))])
    click.echo(f"\n  Wijkrooster  {config.base_url}\n")
    if sample:
        click.echo("  Sample data (Voorbeeldgegevens). Sign in with one of these:")
        for row in sample:
            click.echo(f"    {row.role.value:<12} {row.email:<32} {row.password}")
    click.echo("\n  Ctrl-C ends it.\n")
    sys.stdout.flush()
    home.run()


@click.command()
@click.option("--host", help="Address to listen on; 127.0.0.1 unless HOST says otherwise.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; 8000 unless PORT says otherwise.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the web pages of an installation that is there, until stopped."""
    config = ready_config()
    config = replace(config, host=host or config.host, port=port or config.port)
    require_free_port(config.host, config.port)
    os.environ["HOST"], os.environ["PORT"] = config.host, str(config.port)
    sys.stdout.flush()
    os.execv(sys.executable, own_command("web"))  # noqa: S606 -- becomes the web server, so that signals reach it


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
def work(once: bool) -> None:
    """Execute runs and send mail of an installation that is there, until stopped; start as many as you like."""
    lifeline.hold_lifeline()
    config = ready_config()
    worker.work(create_app_context(config), once=once)


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Create the database or bring it to the newest schema, and check it."""
    config = read_config()
    database.upgrade(config)
    click.echo(str(database.check(config)))


@db.command()
def check() -> None:
    """Check that the database loses nothing, has the newest schema, and that nobody touched a published roster."""
    click.echo(str(database.check(made_config())))


COMMANDS = {"up": up, "serve": serve, "work": work, "db": db}
