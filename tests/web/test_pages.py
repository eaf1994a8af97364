from tests.web.site import Site


def test_it(site: Site) -> None:
    for name, paths in {
        "noor": ["/", "/expert/", "/expert/shifts", "/expert/shifts/s1", "/expert/availability", "/expert/limits", "/expert/limits/places", "/expert/calendar"],
        "hanneke": ["/", "/venue/lydia", "/venue/lydia/ask", "/venue/lydia/requests", "/venue/lydia/week"],
    }.items():
        person = site.person(name)
        for path in paths:
            r = person.get(path)
            print(name, path, r.status_code, len(r.text))
