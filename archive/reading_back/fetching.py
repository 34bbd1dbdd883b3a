"""Why a page cannot be fetched, as `archive.fetching` says it, and what is said of a page that was."""

from django.utils.translation import gettext_noop

from archive.reading_back import Sentences

# What `archive.readers.html.flags` says of a page that is perhaps no article.
FLAGS = (
    gettext_noop("the server answered with the status %(number)s"),
    gettext_noop("its title is that of an error, and it has little text"),
    gettext_noop("its text asks for consent, and it has little else"),
    gettext_noop("it says “%(words)s”, and it has %(number)s words"),
    gettext_noop("the page says that it is not free to read, and it has %(number)s words"),
    gettext_noop("%(number)s%% of its words are links, and no paragraph is long"),
    gettext_noop("it has %(number)s words"),
    gettext_noop("it has one word"),
)
read_back = Sentences(
    (
        *FLAGS,
        gettext_noop("Perhaps no article: %(error)s"),
        gettext_noop("asking %(address)s"),
        gettext_noop("it is not an address that an article can have"),
        gettext_noop("it cannot be kept now: %(error)s"),
        gettext_noop("a fault of the archive: an administrator finds it among the task results"),
        gettext_noop("the answer holds no page"),
        gettext_noop("the connection to %(host)s is not safe (%(reason)s)"),
        gettext_noop("%(host)s does not answer in time"),
        gettext_noop("%(host)s does not answer (%(reason)s)"),
        gettext_noop("the answer takes too long; it was given up"),
        gettext_noop("the answer has more than %(number)s MB; it was given up"),
        gettext_noop("the answer is none of a web server"),
        gettext_noop("the answer is cut off in its headers"),
        gettext_noop("the answer is cut off: the connection ended before all of it was there"),
        gettext_noop("the headers of the answer have no end"),
        gettext_noop("it redirects in a circle (%(address)s)"),
        gettext_noop("it redirects more than %(number)s times"),
        gettext_noop("it redirects to %(address)s: %(error)s"),
        gettext_noop("it redirects to what is no address"),
        gettext_noop("the site asks robots not to fetch it (robots.txt)"),
        gettext_noop("%(host)s is a name inside a network: addresses inside a network are not fetched"),
        gettext_noop("%(host)s is not on the public internet (%(ip)s): addresses inside a network are not fetched"),
        gettext_noop("port %(port)s is not fetched from, only %(allowed)s"),
        gettext_noop("%(host)s is a number and no name: write an IP address in its usual form"),
        gettext_noop("it is too long, or has blanks, backslashes or control characters in it"),
        gettext_noop("it is not an address"),
        gettext_noop("only http: and https: are fetched, not %(scheme)s"),
        gettext_noop("it has a user name or a password in it"),
        gettext_noop("its host cannot be"),
        gettext_noop("%(host)s is not found"),
        gettext_noop("%(host)s cannot be looked up: the name servers do not answer"),
        gettext_noop("%(host)s is not found: its name servers do not answer in %(number)s seconds"),
    )
)
