"""What all tests share: modules beside this file, such as `builders`, are found from every folder of tests; Qt needs no screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
