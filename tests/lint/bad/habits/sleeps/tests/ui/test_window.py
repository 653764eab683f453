# SPDX-License-Identifier: GPL-3.0-or-later
import time, subprocess
time.sleep(1)
subprocess.run("true", shell=True)
