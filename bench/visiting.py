"""Opens accounts' pages one after another, as an officer would; prints the seconds of each.

.venv/bin/python bench/visiting.py PORT COUNT
"""

import http.cookiejar
import random
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

FIRST, SPREAD = 100_001, 1_500
PAUSE = 0.1


def main() -> None:
    port, count, email, password = sys.argv[1], int(sys.argv[2]), *sys.argv[3:5]
    base = f"http://127.0.0.1:{port}"
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    wait(opener, base)
    send(opener, f"{base}/accounts/login/", login=email, password=password)
    send(opener, f"{base}/purpose", purpose="revenues.collecting")
    chance = random.Random(1)
    for _ in range(count):
        number = FIRST + chance.randrange(SPREAD)
        began = time.perf_counter()
        with opener.open(f"{base}/revenues/accounts/{number}") as answer:
            text = answer.read().decode()
        if str(number) not in text:
            sys.exit(f"The page of account {number} is not there: {answer.status}")
        print(f"{time.perf_counter() - began:.4f}", flush=True)
        time.sleep(PAUSE)


def wait(opener: urllib.request.OpenerDirector, base: str) -> None:
    for _ in range(300):
        try:
            opener.open(f"{base}/health").close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    sys.exit("The pages are not served.")


def send(opener: urllib.request.OpenerDirector, address: str, **fields: str) -> None:
    """Fill in a form and send it, with its tokens."""
    with opener.open(address) as page:
        text = page.read().decode()
    for name in ("csrfmiddlewaretoken", "one_use"):
        if found := re.search(rf'name="{name}" value="([^"]+)"', text):
            fields[name] = found[1]
    data = urllib.parse.urlencode(fields).encode()
    opener.open(urllib.request.Request(address, data, {"Referer": address})).close()


if __name__ == "__main__":
    main()
