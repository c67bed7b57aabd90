"""几个人同时收表；用法和内容在 ``at_once.py``。

这个文件与标准库的包同名：别的模块要 ``import concurrent.futures`` 时，让位给标准库的那个。
"""

import os
import sys
from pathlib import Path

__path__ = [str(Path(os.__file__).parent / "concurrent")]

if __name__ == "__main__":
    from at_once import main

    sys.exit(main())
