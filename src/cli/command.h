/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the program ends. Scripts rely on these. */
#define PADDOCK_EXIT_DONE 0
#define PADDOCK_EXIT_NO 1            /* the answer is no, or the work failed */
#define PADDOCK_EXIT_USAGE 2
#define PADDOCK_EXIT_INTERRUPTED 130

/**
 * PaddockArguments:
 *
 * What a command was called with, besides its own options. Paths are raw bytes, as the system has them.
 */
typedef struct
{
  char **paths;
  guint n_paths;
  gboolean json;
} PaddockArguments;

/**
 * PaddockCommand:
 *
 * One command of `paddockctl`. Static data: the parser, the help, the manual page and the shell completions are all
 * made from it.
 */
typedef struct _PaddockCommand PaddockCommand;

struct _PaddockCommand
{
  const char *name;                  /* of one in a group with the group's: "library list" */
  const char *paths;                 /* as the help writes them: "FILE", "FILE..." */
  guint max_paths;                   /* at least one is needed; 0: none is taken */
  gboolean paths_optional;           /* none is needed either */
  gboolean minus_words;              /* "-word" is no option, but an argument that follows the others */
  const char *summary;               /* a few words, for translation */
  const char *description;           /* paragraphs divided by an empty line, for translation */
  const char *const *examples;       /* command lines, ended by NULL */
  const GOptionEntry *options;       /* its own ones; they write to variables of the command */
  int (*run) (const PaddockArguments *arguments);
  const PaddockCommand *const *group;   /* ended by NULL: the commands in it, one of which is run */
};

extern const PaddockCommand paddock_inspect_command;
extern const PaddockCommand paddock_validate_command;
extern const PaddockCommand paddock_hash_command;
extern const PaddockCommand paddock_edit_command;
extern const PaddockCommand paddock_estimate_command;
extern const PaddockCommand paddock_stats_command;
extern const PaddockCommand paddock_dequantize_command;
extern const PaddockCommand paddock_kernels_command;
extern const PaddockCommand paddock_hardware_command;
extern const PaddockCommand paddock_library_command;
extern const PaddockCommand paddock_hub_command;
extern const PaddockCommand paddock_download_command;

G_END_DECLS
