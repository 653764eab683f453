/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

typedef struct _PaddockGgufFile PaddockGgufFile;
typedef struct _PaddockGgufTensor PaddockGgufTensor;
