# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house, each as a function over a tree of files."""
