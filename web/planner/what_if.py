"""What if an agreement gave way: which open places of a period would that fill?"""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.services import what_if
from web import forms
from web.access import allow
from web.here import services, viewer
from web.planner.face import chosen_window, pages

LONGEST_NAME = 100


@pages.get("/what-if")
@allow(AccountRole.PLANNER)
def what_if_page() -> ResponseReturnValue:
    """The agreements in the way of open places, tried out; in a large period only the one that the address names."""
    rule = forms.clean_text(request.args.get("rule", ""))[:LONGEST_NAME]
    found = what_if.what_if(services(), viewer(), chosen_window(), rule)
    return render_template("planner/what_if.html", found=found)
