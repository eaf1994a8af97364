"""How do the own shifts get into the calendar of a phone? A secret address that can be renewed."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.services import feeds
from web import forms
from web.access import allow, open_to_all
from web.expert.face import pages
from web.here import services, viewer

feed_pages = Blueprint("feeds", __name__)


@pages.get("/calendar")
@allow(AccountRole.EXPERT)
def calendar() -> ResponseReturnValue:
    """Whether there is an address, and how to make one."""
    feed = feeds.calendar_url_token(services(), viewer())
    return render_template("expert/calendar.html", feed=feed, url=None)


@pages.post("/calendar/new")
@allow(AccountRole.EXPERT)
def new_calendar() -> ResponseReturnValue:
    """A new secret address, shown this once; an older one stops working."""
    feed = feeds.rotate_calendar_token(services(), viewer(), key=forms.Form().key)
    if feed.token is None:
        return redirect(url_for("expert.calendar"))
    site = services().config.base_url or request.host_url.rstrip("/")
    url = site + url_for("feeds.feed", token=feed.token)
    return render_template("expert/calendar.html", feed=feed, url=url)


@pages.post("/calendar/stop")
@allow(AccountRole.EXPERT)
def stop_calendar() -> ResponseReturnValue:
    """No address any more."""
    feeds.revoke_calendar_token(services(), viewer(), key=forms.Form().key)
    return redirect(url_for("expert.calendar"))


@feed_pages.get("/calendar/<token>.ics")
@open_to_all
def feed(token: str) -> ResponseReturnValue:
    """The calendar file for whoever knows the secret; unchanged content is not sent twice."""
    known = request.if_none_match
    body, etag = feeds.feed(
        services(), token, address=request.remote_addr or "", has=lambda tag: known.contains_weak(tag.strip('"'))
    )
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.set_etag(etag.strip('"'))
    response.headers["Cache-Control"] = "private, max-age=900"
    return response.make_conditional(request)
