"""Why an address cannot be that of an article, as `archive.source_urls` says it."""

from django.utils.translation import gettext_noop

from archive.reading_back import Sentences

read_back = Sentences(
    (
        gettext_noop("The address %(address)s is longer than %(number)s characters."),
        gettext_noop("The address %(address)s is empty."),
        gettext_noop("The address %(address)s contains control characters."),
        gettext_noop("The address %(address)s has no scheme: it should begin with http:// or https://."),
        gettext_noop(
            "The address %(address)s begins with %(scheme)s where only http: and https: can be archived.",
        ),
        gettext_noop("The address %(address)s cannot be read (%(reason)s)."),
        gettext_noop("The address %(address)s contains a user name or a password."),
        gettext_noop("The address %(address)s has no host."),
        gettext_noop("The address %(address)s has an impossible host name."),
    )
)
