"""台账放的地方：自动同步的文件夹、网络盘认得出来，本机磁盘不乱说。"""

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import SimpleNamespace

import pytest

from ipmeasures.commands import place
from ipmeasures.commands.place import file_system, is_remote, risk_of, synced_by

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
//nas/pub /mnt/共享\040盘 cifs rw 0 0
nas:/x /mnt/nfs nfs4 rw 0 0
/dev/sdb1 /mnt/nfs/local xfs rw 0 0
me@host: /home/me/host fuse.sshfs rw 0 0
C: /mnt/c 9p rw 0 0
tmpfs /mnt/over tmpfs rw 0 0
nas:/y /mnt/over nfs rw 0 0
坏的一行
""".splitlines()


@pytest.mark.parametrize(
    ("path", "software"),
    [
        (r"C:\Users\li\OneDrive - 某局\措施\data\ledger.db", "OneDrive"),
        (r"C:\Users\li\OneDrive\a.db", "OneDrive"),
        (r"D:\Nutstore\1\我的坚果云\a.db", "坚果云"),
        (r"D:\我的坚果云\a.db", "坚果云"),
        (r"C:\Users\li\Dropbox (个人)\a.db", "Dropbox"),
        (r"D:\百度网盘同步空间\a.db", "百度网盘"),
        (r"D:\BaiduSyncdisk\a.db", "百度网盘"),
        (r"D:\BaiduNetdiskWorkspace\a.db", "百度网盘"),
        (r"C:\Users\li\iCloudDrive\a.db", "iCloud"),
        (r"C:\Users\li\WPS云盘\a.db", "WPS 云盘"),
        (r"C:\Users\li\WPSDrive\1\a.db", "WPS 云盘"),
        (r"C:\Users\li\WPS Cloud Files\a.db", "WPS 云盘"),
        (r"D:\微云同步助手\a.db", "微云"),
        (r"D:\腾讯微云\a.db", "微云"),
        (r"D:\措施落实\data\ledger.db", ""),
        (r"D:\移动硬盘\备份onedrive\a.db", ""),
    ],
)
def test_synced_folders_on_windows(path: str, software: str) -> None:
    """常用同步软件的文件夹，按名称认；只是名字里带着英文字样的不算。"""
    assert synced_by(PureWindowsPath(path)) == software


@pytest.mark.parametrize(
    ("path", "software"),
    [
        ("/Users/li/Library/Mobile Documents/com~apple~CloudDocs/a.db", "iCloud"),
        ("/home/li/Nutstore Files/a.db", "坚果云"),
        ("/home/li/Nextcloud/a.db", "Nextcloud"),
        ("/home/li/措施/data/ledger.db", ""),
    ],
)
def test_synced_folders_elsewhere(path: str, software: str) -> None:
    assert synced_by(PurePosixPath(path)) == software


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/a.db", "ext4"),
        ("/mnt/共享 盘/a.db", "cifs"),
        ("/mnt/共享 盘外/a.db", "ext4"),
        ("/mnt/nfs/a.db", "nfs4"),
        ("/mnt/nfs/local/a.db", "xfs"),
        ("/home/me/host/x/a.db", "fuse.sshfs"),
        ("/mnt/c/a.db", "9p"),
        ("/mnt/over/a.db", "nfs"),
        ("没有根/a.db", ""),
    ],
)
def test_the_file_system_of_a_path(path: str, kind: str) -> None:
    """挂得最深、后挂的那个；名称里可以有空格；名字只是开头一样的不算。"""
    assert file_system(PurePosixPath(path), MOUNTS) == kind


@pytest.mark.parametrize(
    ("path", "remote"), [("/home/a.db", False), ("/mnt/nfs/a.db", True), ("/mnt/c/a.db", True)]
)
def test_remote_disks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, *, remote: bool
) -> None:
    """网络盘按 /proc/mounts 认；没有它的系统不猜。"""
    mounts = tmp_path / "mounts"
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    assert not is_remote(PurePosixPath(path))
    mounts.write_text("\n".join(MOUNTS), "utf-8")
    assert is_remote(PurePosixPath(path)) is remote
    assert bool(risk_of(Path(path))) is remote


@pytest.mark.parametrize(
    ("path", "kind", "remote"),
    [
        (r"\\nas\pub\a.db", 3, True),
        (r"Z:\措施\a.db", 4, True),
        (r"C:\措施\a.db", 3, False),
    ],
)
def test_remote_disks_on_windows(
    monkeypatch: pytest.MonkeyPatch, path: str, kind: int, *, remote: bool
) -> None:
    r"""\\服务器\共享 和映射的网络盘（系统说是 4）。"""
    asked: list[str] = []
    kernel = SimpleNamespace(GetDriveTypeW=lambda anchor: (asked.append(anchor), kind)[1])
    monkeypatch.setattr(place.ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(place, "os", SimpleNamespace(name="nt"))
    windows: PurePath = PureWindowsPath(path)
    assert is_remote(windows) is remote
    assert asked == ([] if path.startswith("\\\\") else [windows.anchor])


def test_asking_where_there_is_no_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """问不到盘的种类，不当作网络盘。"""
    monkeypatch.setattr(place, "os", SimpleNamespace(name="nt"))
    monkeypatch.delattr(place.ctypes, "windll", raising=False)
    assert not is_remote(PureWindowsPath(r"Z:\a.db"))


def test_links_are_followed(tmp_path: Path) -> None:
    """链接到同步文件夹里的，也认得出；路径理不清的照原样看。"""
    real = tmp_path / "Dropbox"
    real.mkdir()
    (tmp_path / "工作").symlink_to(real)
    assert "Dropbox的同步文件夹" in risk_of(tmp_path / "工作" / "a.db")
    assert risk_of(tmp_path / "a.db") == ""


def test_a_path_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> Path:
        raise OSError(22, "english")

    monkeypatch.setattr(Path, "resolve", fail)
    assert "坚果云" in risk_of(Path("坚果云/a.db"))
