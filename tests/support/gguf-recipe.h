/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A recipe is a text that says byte for byte what a GGUF file holds, wrong ones too. One statement a line; `#` begins a
 * comment; words with blanks or odd bytes stand in double quotes (\n \t \r \0 \" \\ \xHH). Numbers are decimal or 0x.
 *
 *   version 3                              3 is the default; version 1 has 32-bit counts
 *   endian little|big                      little is the default
 *   width 32|64                            of counts and lengths, when it contradicts the version
 *   magic "GGUF"                           any other bytes instead
 *   n_kv N, n_tensors N                    the counts that are written; without them the true ones
 *   header none                            no magic, version and counts: the file begins with what follows
 *   alignment N                            for the layout; without it general.alignment, or 32
 *   padding none|header                    pad nothing, or only before the data; otherwise each tensor too
 *
 *   kv KEY TYPE VALUE                      u8 i8 u16 i16 u32 i32 u64 i64 f32 f64 bool str arr
 *   kv KEY arr TYPE ELEMENT..              an element that is an array: (TYPE ELEMENT..)
 *   raw BYTES                              right here between the other things of the header
 *   tensor NAME TYPE DIMS [OPTION..]       TYPE as in q4_k, or a number; DIMS decimal as in 64x32, `-` for none
 *       offset=N   written, and the data goes there       bytes=N   the size, when the type does not tell it truly
 *       at=N       where the data goes all the same       dims=N    the number of dimensions that is written
 *   data [at=N] BYTES                      bytes of the tensor above, from N on; the rest of it is zero
 *   fill BYTES                             what the tensors below hold instead of zero: a pattern
 *
 *   append BYTES                           after the data
 *   patch OFFSET BYTES                     over what is there, when all else is written
 *   cut N                                  ends the file after N bytes; -N leaves the last N away
 *   grow N                                 zeros up to N bytes
 *
 *   repeat N STATEMENT                     {} in its words counts from 0
 *
 * BYTES is `hex 00ff..`, `text "..."`, `TYPE VALUE..`, `zero`, `fill BYTE`, `count` or `random [seed=N]`; the last four
 * are patterns: they fill the tensor, or `length=N`. In values, `repeat N ELEMENT` repeats an element, `type=N` before a
 * type writes another number in its place, `count=N` before the element type another count, `length=N` before a string
 * another length, and `times=N` repeats a string's text.
 */

/**
 * test_gguf_recipe_build:
 * @recipe: the text
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *test_gguf_recipe_build (const char *recipe, GError **error);

/**
 * test_gguf_recipe_write:
 * @recipe: the text
 * @directory: an existing directory
 * @name: name of the file
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the path of the file
 */
char *test_gguf_recipe_write (const char *recipe, const char *directory, const char *name, GError **error);

G_END_DECLS
