"""Under which address do the expert's pages live?"""

from flask import Blueprint

pages = Blueprint("expert", __name__, url_prefix="/expert")
