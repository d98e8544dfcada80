"""The made-up people of a demonstration workspace. They are admitted to no other."""

from dataclasses import dataclass

from bilik.accounts.agencies import AgencyKind
from bilik.accounts.roles import Role
from bilik.accounts.web.actions import admit_person, open_agency

DEMO_REGION = "64.71"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One made-up person and how to sign in as them."""

    name: str
    email: str
    password: str
    agency: AgencyKind
    role: Role

    @property
    def office(self) -> str:
        """Return the office's name as it stands on its letters."""
        return AGENCY_NAMES[self.agency]


AGENCY_NAMES = {
    AgencyKind.KESBANGPOL: "Badan Kesatuan Bangsa dan Politik Kota Balikpapan",
    AgencyKind.BAWASLU: "Bawaslu Kota Balikpapan",
}
LETTERHEADS = {
    AgencyKind.KESBANGPOL: {"line": "PEMERINTAH KOTA BALIKPAPAN", "place": "Balikpapan", "signatory": "Kepala Badan"},
    AgencyKind.BAWASLU: {"line": "BADAN PENGAWAS PEMILIHAN UMUM", "place": "Balikpapan", "signatory": "Ketua"},
}
DEMO_ACCOUNTS = (
    DemoAccount("Rani Contoh", "kepala@kesbangpol.contoh.id", "bilik-suara-75", AgencyKind.KESBANGPOL, Role.HEAD),
    DemoAccount("Yusuf Contoh", "staf@kesbangpol.contoh.id", "bilik-suara-76", AgencyKind.KESBANGPOL, Role.STAFF),
    DemoAccount("Bayu Contoh", "koordinator@bawaslu.contoh.id", "bilik-awasi-75", AgencyKind.BAWASLU, Role.HEAD),
    DemoAccount("Citra Contoh", "staf@bawaslu.contoh.id", "bilik-awasi-76", AgencyKind.BAWASLU, Role.STAFF),
)


def admit_demo_people() -> None:
    """Open both offices and admit their made-up people."""
    agencies = {
        kind: open_agency(kind=kind, name=name, region_code=DEMO_REGION, letterhead=LETTERHEADS[kind], by=None)
        for kind, name in AGENCY_NAMES.items()
    }
    for account in DEMO_ACCOUNTS:
        admit_person(
            email=account.email,
            name=account.name,
            password=account.password,
            agency=agencies[account.agency],
            role=account.role,
            by=None,
        )
