/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strict-parser.h"

/**
 * paddock_strict_parser_new:
 *
 * A parser that is not strict takes several documents for one, and what they make can be changed: where it cannot, the
 * second one ends the process.
 *
 * Returns: (transfer full): a parser; what it reads is not to be changed
 */
JsonParser *
paddock_strict_parser_new (void)
{
  JsonParser *parser = json_parser_new_immutable ();

  json_parser_set_strict (parser, TRUE);
  return parser;
}
