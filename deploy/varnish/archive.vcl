# The cache in front of the web machines: readers' pages are kept for a minute, editors' and forms never. For Varnish 7.1
# (Debian 12) or newer. Why it is so: docs/adr/0065-caches-in-front.md; how it is installed: docs/cluster.md.
vcl 4.1;

import std;

# The site, or HAProxy in front of several (deploy/haproxy/archive.cfg).
backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 65s;
    .between_bytes_timeout = 30s;
    .probe = {
        .url = "/readyz";
        .interval = 2s;
        .timeout = 2s;
        .window = 4;
        .threshold = 2;
        .initial = 2;
    }
}

# Who may let it forget: the machines on which `manage.py purge_caches` runs.
acl followers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "BAN") {
        if (client.ip !~ followers) {
            return (synth(403, "Not allowed"));
        }
        # All but files whose name changes with their content.
        if (std.ban("obj.http.Cache-Control !~ immutable")) {
            return (synth(200, "Forgotten"));
        }
        return (synth(500, std.ban_error()));
    }

    # Nobody needs these, and some caches were fooled by them.
    unset req.http.Proxy;
    unset req.http.X-Original-URL;
    unset req.http.X-Rewrite-URL;
    set req.url = regsub(req.url, "#.*$", "");

    # Forms of readers, what watches the site, the editors' side, and editors who have just saved something.
    if ((req.method != "GET" && req.method != "HEAD")
        || req.url ~ "^/(admin|healthz|readyz|metrics)([/?]|$)"
        || req.url ~ "^(/[a-z][a-z])?/(corrections|alerts)/[^?]"
        || req.http.Cookie ~ "(^|; *)wrote="
        || req.http.Authorization) {
        return (pass);
    }
    # Large, seldom asked for twice.
    if (req.url ~ "\.(bin|zip)(\?|$)") {
        return (pass);
    }
    # Readers have no cookie of ours; those of others make no page another.
    unset req.http.Cookie;

    # While the site answers, what is over is shown for ten seconds at most, to whoever comes while it is made anew.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 10s;
    }
    return (hash);
}

sub vcl_backend_response {
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    if (beresp.http.Set-Cookie || beresp.http.Cache-Control ~ "(?i)no-store|no-cache|private") {
        set beresp.uncacheable = true;
        set beresp.ttl = 5s;
        set beresp.grace = 0s;
        return (deliver);
    }
    # Made of a state that is overtaken, or kept for a year: as it says. All else is fresh for a minute, and kept for five
    # in all while the site does not answer; never longer than its Cache-Control allows, which ends with the day.
    if (beresp.http.Cache-Control !~ "immutable") {
        if (beresp.http.Cache-Control !~ "stale-while-revalidate") {
            set beresp.grace = 0s;
        }
        if (beresp.ttl > 60s) {
            set beresp.grace = beresp.grace + (beresp.ttl - 60s);
            set beresp.ttl = 60s;
        }
        if (beresp.grace > 240s) {
            set beresp.grace = 240s;
        }
    }
    set beresp.keep = 0s;
    return (deliver);
}

sub vcl_deliver {
    unset resp.http.Via;
    unset resp.http.X-Varnish;
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
}

sub vcl_synth {
    if (req.method == "BAN") {
        set resp.http.Content-Type = "text/plain; charset=utf-8";
        set resp.body = resp.reason + {"
"};
        return (deliver);
    }
}

# The site does not answer, and nothing is kept that may still be shown.
sub vcl_backend_error {
    set beresp.status = 503;
    set beresp.http.Content-Type = "text/html; charset=utf-8";
    set beresp.http.Retry-After = "15";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Content-Security-Policy = "default-src 'none'";
    set beresp.body = {"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Away for a moment</title></head>
<body><h1>The archive does not answer at the moment</h1><p>Nothing is lost; please ask again in a moment.</p>
<div lang="ar" dir="rtl"><h1>الأرشيف لا يستجيب في هذه اللحظة</h1><p>لم يضع شيء؛ يُرجى المحاولة بعد لحظات.</p></div></body></html>
"};
    return (deliver);
}
