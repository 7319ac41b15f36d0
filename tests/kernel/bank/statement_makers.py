"""Small makers of camt.053 statements. Everybody in them is invented."""

from xml.sax.saxutils import escape


def entry(
    pence: int,
    *,
    ref: str = "",
    within: str = "",
    said: str = "",
    name: str = "",
    day: str = "2025-04-28",
    reversal: bool = False,
    status: str = "<Sts><Cd>BOOK</Cd></Sts>",
    details: str | None = None,
    currency: str = "GBP",
) -> str:
    """Return an entry; ``details`` replaces the one transaction that it has by default."""
    if details is None:
        details = transaction(said=said, name=name, pence=pence)
    return (
        "<Ntry>"
        + (f"<NtryRef>{within}</NtryRef>" if within else "")
        + f"{amount(pence, currency)}"
        + ("<RvslInd>true</RvslInd>" if reversal else "")
        + f"{status}<BookgDt><Dt>{day}</Dt></BookgDt>"
        + (f"<AcctSvcrRef>{ref}</AcctSvcrRef>" if ref else "")
        + f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def transaction(
    *, said: str = "", name: str = "", pence: int = 0, iban: str = "GB29NWBK60161331926819"
) -> str:
    side = "Dbtr" if pence >= 0 else "Cdtr"
    return (
        f"<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
        f'<Amt Ccy="GBP">{pounds(pence)}</Amt>'
        f"<RltdPties><{side}><Pty><Nm>{escape(name)}</Nm></Pty></{side}>"
        f"<{side}Acct><Id><IBAN>{iban}</IBAN></Id></{side}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{escape(said)}</Ustrd></RmtInf></TxDtls>"
    )


def amount(pence: int, currency: str = "GBP") -> str:
    way = "CRDT" if pence >= 0 else "DBIT"
    return f'<Amt Ccy="{currency}">{pounds(pence)}</Amt><CdtDbtInd>{way}</CdtDbtInd>'


def pounds(pence: int) -> str:
    return f"{abs(pence) // 100}.{abs(pence) % 100:02d}"


def balance(kind: str, pence: int) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{amount(pence)}</Bal>"


def statement(
    *entries: str, closing: int, opening: int = 0, name: str = "S1", account: str = "1"
) -> str:
    return (
        f"<Stmt><Id>{name}</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>"
        f"{balance('OPBD', opening)}{balance('CLBD', closing)}{''.join(entries)}</Stmt>"
    )


def camt(*entries: str, closing: int | None = None, version: str = "08") -> bytes:
    """Return a file of one statement whose balances agree unless ``closing`` says otherwise."""
    return document(
        statement(*entries, closing=total(entries) if closing is None else closing), version
    )


def document(statements: str, version: str = "08") -> bytes:
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return (
        f'<?xml version="1.0"?><Document xmlns="{space}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M</MsgId></GrpHdr>{statements}</BkToCstmrStmt></Document>"
    ).encode()


def total(entries: tuple[str, ...]) -> int:
    """Return what booked entries come to, read off their text."""
    sums = 0
    for one in entries:
        if "BOOK" in one:
            figures = one.split(">", 2)[2].split("<")[0].replace(".", "")
            sums += int(figures) * (1 if "CRDT" in one.split("</CdtDbtInd>")[0] else -1)
    return sums
