/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file-digest.h"
#include "base/hash-text.h"
#include "library-error.h"
#include "record-hashes.h"
#include "sharing-steps.h"

#define MEDIA "application/vnd.ollama.image."
#define MANIFEST "application/vnd.docker.distribution.manifest.v2+json"
#define CONFIG "application/vnd.docker.container.image.v1+json"

/* Of a hash that nobody knows yet. */
#define UNKNOWN "…"

/* NULL: nobody knows it. What a store claims is not enough: Ollama would name a file by it. */
static char *
recall_sha256 (const PaddockLibraryEntry *entry, const PaddockLibraryFile *file)
{
  const char *computed = paddock_record_hashes_find (entry->record, &file->identity);

  return paddock_hash_text_is_sha256 (computed) ? g_ascii_strdown (computed, -1) : NULL;
}

static gboolean
check_unchanged (const PaddockLibraryFile *file, const char *path, GError **error)
{
  PaddockFileIdentity identity;
  struct stat status;
  g_autofree char *name = NULL;

  if (stat (path, &status) != 0)
    return paddock_library_error_set_errno (error, errno, "cannot read", path);
  paddock_file_identity_set_stat (&identity, &status);
  if (paddock_file_identity_equal (&identity, &file->identity))
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED, "%s: it is no longer the file that it was", name);
  return FALSE;
}

/* worker: NULL: it is not the one whose progress counts. */
static char *
read_sha256 (const PaddockLibraryFile *file, PaddockWorker *worker, GCancellable *cancellable, GError **error)
{
  const char *path = paddock_library_file_get_real_path (file);
  g_autoptr (GError) problem = NULL;
  g_autofree char *digest = paddock_file_digest_sha256 (path, worker, cancellable, &problem);

  if (digest != NULL)
    return check_unchanged (file, path, error) ? g_steal_pointer (&digest) : NULL;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error_literal (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_FAILED, problem->message);
  return NULL;
}

static char *
outline_sha256 (PaddockSharingPlan *self, const PaddockLibraryFile *file)
{
  self->unread += file->identity.size;
  return g_strdup (UNKNOWN);
}

/* Those that nobody remembers; projector: NULL: there is none. */
static gboolean
complete (PaddockSharingPlan *self, const PaddockLibraryFile *file, char **sha256, const PaddockLibraryFile *projector,
          char **projector_sha256, gboolean may_read, PaddockWorker *worker, GError **error)
{
  GCancellable *cancellable = paddock_worker_get_cancellable (worker);
  gboolean known = *sha256 != NULL;

  if (!known)
    *sha256 = may_read ? read_sha256 (file, worker, cancellable, error) : outline_sha256 (self, file);
  if (!known && may_read && *sha256 != NULL)
    {
      self->computed = g_strdup (*sha256);
      self->computed_of = file->identity;
    }
  if (*sha256 != NULL && projector != NULL && *projector_sha256 == NULL)
    *projector_sha256 = may_read ? read_sha256 (projector, known ? worker : NULL, cancellable, error)
                                 : outline_sha256 (self, projector);
  return *sha256 != NULL && (projector == NULL || *projector_sha256 != NULL);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_layer (JsonBuilder *builder, const char *media, const char *sha256, guint64 size)
{
  g_autofree char *digest = g_strconcat ("sha256:", sha256, NULL);

  json_builder_begin_object (builder);
  add_text (builder, "mediaType", media);
  add_text (builder, "digest", digest);
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder, (gint64) size);
  json_builder_end_object (builder);
}

static char *
print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static char *
make_config (const PaddockLibraryEntry *entry, const char *model, const char *projector)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const PaddockModelFacts *facts = entry->facts;
  const char *layers[] = { model, projector, NULL };

  json_builder_begin_object (builder);
  add_text (builder, "model_format", "gguf");
  add_text (builder, "model_family", facts->architecture != NULL ? facts->architecture : "");
  json_builder_set_member_name (builder, "model_families");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, facts->architecture != NULL ? facts->architecture : "");
  json_builder_end_array (builder);
  add_text (builder, "model_type", facts->size_label != NULL ? facts->size_label : "");
  add_text (builder, "file_type", facts->quantization != NULL ? facts->quantization : "");
  add_text (builder, "architecture", "amd64");
  add_text (builder, "os", "linux");
  json_builder_set_member_name (builder, "rootfs");
  json_builder_begin_object (builder);
  add_text (builder, "type", "layers");
  json_builder_set_member_name (builder, "diff_ids");
  json_builder_begin_array (builder);
  for (guint i = 0; layers[i] != NULL; i++)
    {
      g_autofree char *digest = g_strconcat ("sha256:", layers[i], NULL);

      json_builder_add_string_value (builder, digest);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return print (builder);
}

/* A blob that is there already is named by its content: it is the same. */
static gboolean
add_blob (PaddockSharingPlan *self, const char *root, const char *sha256, const PaddockLibraryFile *file, const char *text,
          GError **error)
{
  g_autofree char *name = g_strconcat ("sha256-", sha256, NULL);
  g_autofree char *path = g_build_filename (root, "blobs", name, NULL);
  g_autoptr (GError) problem = NULL;

  if (text != NULL ? paddock_sharing_steps_add_text (self, path, text, &problem)
                   : paddock_sharing_steps_add_link (self, file, path, &problem))
    return TRUE;
  if (g_error_matches (problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
add_manifest (PaddockSharingPlan *self, const PaddockLibraryEntry *entry, const char *root, const char *text, GError **error)
{
  g_autofree char *name = paddock_sharing_steps_make_name (entry->title, "model");
  g_autofree char *tag = paddock_sharing_steps_make_name (entry->facts->quantization, "latest");
  g_autofree char *path = g_build_filename (root, "manifests", "registry.ollama.ai", "library", name, tag, NULL);

  self->name = g_strdup_printf ("%s:%s", name, tag);
  return paddock_sharing_steps_add_text (self, path, text, error);
}

gboolean
paddock_sharing_ollama_fill (PaddockSharingPlan *self, const PaddockLibraryEntry *entry, const PaddockLibraryFile *file,
                             const PaddockLibraryEntry *projector_entry, const PaddockLibraryFile *projector,
                             const char *root, gboolean may_read, PaddockWorker *worker, GError **error)
{
  g_autofree char *model = recall_sha256 (entry, file);
  g_autofree char *second = projector != NULL ? recall_sha256 (projector_entry, projector) : NULL;
  g_autofree char *config = NULL;
  g_autofree char *config_digest = NULL;
  g_autofree char *manifest = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!complete (self, file, &model, projector, &second, may_read, worker, error))
    return FALSE;
  config = make_config (entry, model, second);
  config_digest =
    self->unread > 0 ? g_strdup (UNKNOWN) : g_compute_checksum_for_string (G_CHECKSUM_SHA256, config, -1);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schemaVersion");
  json_builder_add_int_value (builder, 2);
  add_text (builder, "mediaType", MANIFEST);
  json_builder_set_member_name (builder, "config");
  add_layer (builder, CONFIG, config_digest, strlen (config));
  json_builder_set_member_name (builder, "layers");
  json_builder_begin_array (builder);
  add_layer (builder, MEDIA "model", model, file->identity.size);
  if (projector != NULL)
    add_layer (builder, MEDIA "projector", second, projector->identity.size);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  manifest = print (builder);
  /* The name comes last: until then nothing leads to the rest. */
  return add_blob (self, root, model, file, NULL, error) &&
         (projector == NULL || add_blob (self, root, second, projector, NULL, error)) &&
         add_blob (self, root, config_digest, NULL, config, error) && add_manifest (self, entry, root, manifest, error);
}
