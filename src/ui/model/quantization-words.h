/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quant/quant-advice.h"

G_BEGIN_DECLS

/* The sentences for what core/quant has as codes and figures. */

const char *paddock_quantization_words_get_grade  (PaddockQuantGrade grade);
const char *paddock_quantization_words_get_use    (PaddockQuantUse use);
/* Bits, size and quality of one file type for a model of so many weights; exact where the bytes are known. */
char       *paddock_quantization_words_dup_facts  (const PaddockQuantTradeoff *tradeoff, guint64 weights, guint64 bytes);
char       *paddock_quantization_words_dup_reason (const PaddockQuantAdvice *advice, const char *source);

G_END_DECLS
