/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/**
 * PaddockJsonWriter:
 *
 * Writes one JSON document as it comes, without building it first: a model may have a million tensors. Numbers are
 * exact over the whole range of 64 bits and do not depend on the locale.
 */
typedef struct _PaddockJsonWriter PaddockJsonWriter;

PaddockJsonWriter *paddock_json_writer_new  (FILE *stream);
void               paddock_json_writer_free (PaddockJsonWriter *self);   /* ends the document with a line break */

/* name is that of a member; NULL in an array, and for the document itself */
void paddock_json_writer_begin_object (PaddockJsonWriter *self, const char *name);
void paddock_json_writer_end_object   (PaddockJsonWriter *self);
void paddock_json_writer_begin_array  (PaddockJsonWriter *self, const char *name);
void paddock_json_writer_end_array    (PaddockJsonWriter *self);

void paddock_json_writer_add_null    (PaddockJsonWriter *self, const char *name);
void paddock_json_writer_add_boolean (PaddockJsonWriter *self, const char *name, gboolean value);
void paddock_json_writer_add_uint    (PaddockJsonWriter *self, const char *name, guint64 value);
void paddock_json_writer_add_int     (PaddockJsonWriter *self, const char *name, gint64 value);
void paddock_json_writer_add_double  (PaddockJsonWriter *self, const char *name, double value);
void paddock_json_writer_add_float   (PaddockJsonWriter *self, const char *name, float value);
void paddock_json_writer_add_string  (PaddockJsonWriter *self, const char *name, const char *value);   /* NULL: null */
void paddock_json_writer_add_bytes   (PaddockJsonWriter *self, const char *name, const char *bytes, gsize length);
/* Unknown numbers are null: what is below 0. */
void paddock_json_writer_add_known   (PaddockJsonWriter *self, const char *name, gint64 value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockJsonWriter, paddock_json_writer_free)

G_END_DECLS
