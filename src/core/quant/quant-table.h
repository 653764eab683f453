/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quant/quant-type.h"

G_BEGIN_DECLS

/* Data behind quant-type.h, which is what everybody else includes. */

extern const PaddockQuantType paddock_quant_table_types[];        /* by id; the first ones have their id as position */
extern const gsize paddock_quant_table_n_types;
extern const PaddockQuantType paddock_quant_table_bitnet_types[];
extern const gsize paddock_quant_table_n_bitnet_types;
extern const PaddockQuantType paddock_quant_table_bitnet_tl2_old;
extern const PaddockQuantType paddock_quant_table_bitnet_tl2_new;

extern const PaddockQuantFileType paddock_quant_table_file_types[];   /* by id */
extern const gsize paddock_quant_table_n_file_types;
extern const PaddockQuantFileType paddock_quant_table_bitnet_file_type;

G_END_DECLS
