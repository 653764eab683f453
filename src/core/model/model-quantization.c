/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-quantization.h"

#include <string.h>

/*
 * The name of a quantization tells a recipe: most matrices get one type, some kinds of tensors a better one. What the
 * feed-forward network's way in is made of gives the family; the way out, the values and the output projection of
 * attention give the size.
 */

typedef enum
{
  ROLE_EMBEDDING,
  ROLE_OUTPUT,
  ROLE_PLAIN,        /* ffn_up, ffn_gate: the recipe's own type */
  ROLE_DOWN,
  ROLE_VALUE,        /* attn_v, attn_qkv */
  ROLE_PROJECTION,   /* attn_output */
  ROLE_BODY,         /* any other matrix of a layer */
  N_ROLES
} Role;

/* The numbers in the file of the types that recipes mix. */
enum
{
  TYPE_Q4_0 = 2,
  TYPE_Q5_0 = 6,
  TYPE_Q5_1 = 7,
  TYPE_Q8_0 = 8,
  TYPE_Q2_K = 10,
  TYPE_Q3_K = 11,
  TYPE_Q4_K = 12,
  TYPE_Q5_K = 13,
  TYPE_Q6_K = 14,
  TYPE_IQ2_XS = 17,
  TYPE_IQ3_XXS = 18,
  TYPE_IQ4_NL = 20,
  TYPE_IQ3_S = 21,
  TYPE_IQ2_S = 22,
  TYPE_TQ1_0 = 34,
  TYPE_TQ2_0 = 35
};

/* Types by their number in the file; forks' ids go up to 399. */
#define MAX_TYPES 512

#define LARGE_BLOCK 256

typedef struct
{
  double elements[N_ROLES][MAX_TYPES];
  PaddockQuantDialect dialect;
} Census;

static gboolean
has_prefix (const char *text, gsize length, const char *prefix)
{
  return length >= strlen (prefix) && memcmp (text, prefix, strlen (prefix)) == 0;
}

static gboolean
has_suffix (const char *text, gsize length, const char *suffix)
{
  return length >= strlen (suffix) && memcmp (text + length - strlen (suffix), suffix, strlen (suffix)) == 0;
}

static gboolean
is_number (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
    }
  return length > 0;
}

/* The last part of a name that is no number: "blk.0.ffn_up.3" is as good as "blk.0.ffn_up". */
static const char *
find_base (const char *name, gsize *length)
{
  gsize end = *length;

  while (end > 0)
    {
      gsize begin = end;

      while (begin > 0 && name[begin - 1] != '.')
        begin--;
      if (begin == 0 || !is_number (name + begin, end - begin))
        {
          *length = end - begin;
          return name + begin;
        }
      end = begin - 1;
    }
  return name;
}

static Role
find_role (const char *name, gsize length)
{
  const char *base;

  if (has_suffix (name, length, ".weight"))
    length -= strlen (".weight");
  if (has_prefix (name, length, "token_embd") || has_prefix (name, length, "per_layer_token_embd"))
    return ROLE_EMBEDDING;
  if (length == strlen ("output") && has_prefix (name, length, "output"))
    return ROLE_OUTPUT;
  base = find_base (name, &length);
  if (has_prefix (base, length, "ffn_gate_inp"))
    return ROLE_BODY;
  if (has_prefix (base, length, "ffn_up") || has_prefix (base, length, "ffn_gate"))
    return ROLE_PLAIN;
  if (has_prefix (base, length, "ffn_down"))
    return ROLE_DOWN;
  if (has_prefix (base, length, "attn_qkv") || (length == strlen ("attn_v") && has_prefix (base, length, "attn_v")))
    return ROLE_VALUE;
  if (has_prefix (base, length, "attn_output") && !has_prefix (base, length, "attn_output_norm"))
    return ROLE_PROJECTION;
  return ROLE_BODY;
}

/* What llama-quantize takes instead of a type of 256-blocks for rows that such blocks do not fill. */
static guint32
undo_fallback (guint32 type, const PaddockQuantFileType *claim)
{
  switch (type)
    {
    case TYPE_Q5_0:
      return TYPE_Q4_K;
    case TYPE_Q5_1:
      return TYPE_Q5_K;
    case TYPE_Q8_0:
      return TYPE_Q6_K;
    case TYPE_IQ4_NL:  /* of everything smaller */
      return claim->main_type >= TYPE_Q4_K && claim->main_type <= TYPE_Q6_K ? type : claim->main_type;
    case TYPE_Q4_0:  /* of the ternary ones and the smallest K */
      if (claim->main_type == TYPE_Q2_K || claim->main_type == TYPE_Q3_K || claim->main_type == TYPE_TQ1_0 ||
          claim->main_type == TYPE_TQ2_0)
        return claim->main_type;
      return type;
    default:
      return type;
    }
}

static gboolean
is_matrix (PaddockGgufFile *file, const PaddockGgufTensor *tensor, const char **name, gsize *length)
{
  if (!tensor->sized || tensor->elements == 0 || tensor->n_dimensions < 2 || tensor->dimensions[1] < 2 ||
      tensor->type >= MAX_TYPES)
    return FALSE;
  *name = paddock_gguf_file_get_tensor_name_bytes (file, tensor, length);
  return *name != NULL && !has_suffix (*name, *length, ".bias") && !has_suffix (*name, *length, ".scale");
}

/* With a claim to undo fallbacks for, or NULL to take every type as it is. */
static Census *
take_census (PaddockGgufShards *shards, const PaddockQuantFileType *claim)
{
  Census *census = g_new0 (Census, 1);
  guint n_tensors = paddock_gguf_shards_get_n_tensors (shards);

  census->dialect = paddock_gguf_file_get_dialect (paddock_gguf_shards_get_primary (shards));
  for (guint i = 0; i < n_tensors; i++)
    {
      guint shard = 0;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, i, &shard);
      const char *name;
      gsize length;
      guint32 type = tensor->type;

      if (!is_matrix (paddock_gguf_shards_get_shard (shards, shard)->file, tensor, &name, &length))
        continue;
      if (claim != NULL && tensor->dimensions[0] % LARGE_BLOCK != 0)
        type = undo_fallback (type, claim);
      census->elements[find_role (name, length)][type] += (double) tensor->elements;
    }
  return census;
}

/* The type that most numbers of the roles are of, and its share; the smaller type where two are equal. */
static guint32
find_main (const Census *census, Role first, Role last, double *share)
{
  double best = 0.0, sum = 0.0;
  guint32 main_type = G_MAXUINT32;

  for (guint32 type = MAX_TYPES; type-- > 0;)
    {
      double elements = 0.0;

      for (guint role = first; role <= last; role++)
        elements += census->elements[role][type];
      sum += elements;
      if (elements > best || (elements == best && best > 0.0))
        {
          best = elements;
          main_type = type;
        }
    }
  *share = sum > 0.0 ? best / sum : 0.0;
  return main_type;
}

static gboolean
role_has (const Census *census, Role role, guint32 type)
{
  return census->elements[role][type] > 0.0;
}

static gboolean
role_is_mostly (const Census *census, Role role, guint32 type)
{
  double share;

  return find_main (census, role, role, &share) == type;
}

/* Embedding and output of eight bits around a smaller body: people call that one size up. */
static gboolean
has_large_ends (const Census *census)
{
  double share;
  guint32 output = find_main (census, ROLE_OUTPUT, ROLE_OUTPUT, &share);

  return role_is_mostly (census, ROLE_EMBEDDING, TYPE_Q8_0) && (output == TYPE_Q8_0 || output == G_MAXUINT32);
}

/* Whether there are the tensors that tell the sizes of a family apart. Recurrent models have none of them. */
static gboolean
has_sized_roles (const Census *census)
{
  double share;

  return find_main (census, ROLE_DOWN, ROLE_PROJECTION, &share) != G_MAXUINT32;
}

/* Mixtures of eight experts get a better projection in every size: the way out counts where there is one. */
static const char *
name_q3_k (const Census *census)
{
  double share;
  guint32 down = find_main (census, ROLE_DOWN, ROLE_DOWN, &share);
  guint32 telling = down != G_MAXUINT32 ? down : find_main (census, ROLE_PROJECTION, ROLE_PROJECTION, &share);

  if (telling == TYPE_Q5_K)
    return has_large_ends (census) ? "Q3_K_XL" : "Q3_K_L";
  return telling == TYPE_Q4_K ? "Q3_K_M" : "Q3_K_S";
}

static const char *
name_q4_k (const Census *census)
{
  gboolean medium = role_has (census, ROLE_DOWN, TYPE_Q6_K) || role_has (census, ROLE_VALUE, TYPE_Q6_K) ||
                    (role_has (census, ROLE_VALUE, TYPE_Q5_K) && !role_has (census, ROLE_DOWN, TYPE_Q5_K));

  if (!medium)
    return "Q4_K_S";
  return has_large_ends (census) ? "Q4_K_L" : "Q4_K_M";
}

static const char *
name_q5_k (const Census *census)
{
  if (!role_has (census, ROLE_DOWN, TYPE_Q6_K) && !role_has (census, ROLE_VALUE, TYPE_Q6_K))
    return "Q5_K_S";
  return has_large_ends (census) ? "Q5_K_L" : "Q5_K_M";
}

static const char *
name_q2_k (const Census *census)
{
  if (has_large_ends (census))
    return "Q2_K_L";
  if (role_is_mostly (census, ROLE_DOWN, TYPE_Q3_K) || role_is_mostly (census, ROLE_PROJECTION, TYPE_Q3_K))
    return "Q2_K";
  return "Q2_K_S";
}

/* The families whose names tell more than the type; NULL for the others. */
static const char *
name_family (const Census *census, guint32 main_type)
{
  switch (main_type)
    {
    case TYPE_Q2_K:
      return name_q2_k (census);
    case TYPE_Q3_K:
      return name_q3_k (census);
    case TYPE_Q4_K:
      return name_q4_k (census);
    case TYPE_Q5_K:
      return name_q5_k (census);
    case TYPE_Q6_K:
      return has_large_ends (census) ? "Q6_K_L" : "Q6_K";
    case TYPE_IQ2_XS:
      if (role_has (census, ROLE_DOWN, TYPE_IQ3_S) || role_is_mostly (census, ROLE_PROJECTION, TYPE_IQ3_S))
        return "IQ2_S";
      return "IQ2_XS";
    case TYPE_IQ3_XXS:
      return role_has (census, ROLE_PLAIN, TYPE_IQ3_S) ? "IQ3_XS" : "IQ3_XXS";
    case TYPE_IQ3_S:
      if (role_has (census, ROLE_PLAIN, TYPE_IQ3_XXS))
        return "IQ3_XS";
      if (role_has (census, ROLE_DOWN, TYPE_Q4_K) || role_is_mostly (census, ROLE_PROJECTION, TYPE_Q4_K))
        return "IQ3_M";
      return "IQ3_S";
    case TYPE_IQ2_S:
      return "IQ2_M";
    default:
      return NULL;
    }
}

static const char *
name_census (const Census *census, guint32 main_type, const PaddockQuantFileType *claim)
{
  const PaddockQuantType *type = paddock_quant_type_lookup (main_type, census->dialect);
  const char *family = name_family (census, main_type);

  if (family != NULL && has_sized_roles (census))
    return family;
  if (family != NULL && claim != NULL && claim->main_type == main_type)
    return claim->name;
  return type != NULL ? type->name : "mixed";
}

static guint32
find_family (const Census *census, double *share)
{
  guint32 main_type = find_main (census, ROLE_PLAIN, ROLE_PLAIN, share);

  if (main_type == G_MAXUINT32)
    main_type = find_main (census, ROLE_PLAIN, ROLE_BODY, share);
  if (main_type == G_MAXUINT32)
    main_type = find_main (census, ROLE_EMBEDDING, ROLE_BODY, share);
  return main_type;
}

static gboolean
is_made_of_large_blocks (const PaddockQuantFileType *claim, PaddockGgufShards *shards)
{
  PaddockQuantDialect dialect = paddock_gguf_file_get_dialect (paddock_gguf_shards_get_primary (shards));
  const PaddockQuantType *type = paddock_quant_type_lookup (claim->main_type, dialect);

  return type != NULL && type->block == LARGE_BLOCK;
}

/* Files without a matrix, such as a list of vectors: what most numbers are. */
static char *
name_vectors (PaddockGgufShards *shards)
{
  const PaddockQuantType *best = NULL;
  guint64 most = 0;

  for (guint i = 0; i < paddock_gguf_shards_get_n_tensors (shards); i++)
    {
      guint shard = 0;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, i, &shard);

      if (tensor->sized && tensor->elements > most)
        {
          most = tensor->elements;
          best = paddock_gguf_file_get_tensor_type (paddock_gguf_shards_get_shard (shards, shard)->file, tensor);
        }
    }
  return best != NULL ? g_strdup (best->name) : NULL;
}

/**
 * paddock_model_quantization_get_claim:
 * @shards: a model
 *
 * Returns: (transfer none) (nullable): what general.file_type says, or %NULL if it says nothing that is known
 */
const PaddockQuantFileType *
paddock_model_quantization_get_claim (PaddockGgufShards *shards)
{
  PaddockGgufFile *file = paddock_gguf_shards_get_primary (shards);
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  guint64 id;

  if (!paddock_gguf_metadata_get_uint (metadata, "general.file_type", &id) || id > G_MAXUINT32)
    return NULL;
  return paddock_quant_file_type_lookup ((guint32) id, paddock_gguf_file_get_dialect (file));
}

/**
 * paddock_model_quantization_detect:
 * @shards: a model
 *
 * Finds the quantization from the tensors. The file's own claim decides only what they leave open.
 *
 * Returns: (transfer full) (nullable): "Q4_K_M", "F16", "mixed" if nothing prevails; %NULL without tensors
 */
char *
paddock_model_quantization_detect (PaddockGgufShards *shards)
{
  const PaddockQuantFileType *claim = paddock_model_quantization_get_claim (shards);
  g_autofree Census *census = NULL;
  double share = 0.0;
  guint32 main_type;

  /* Small models fall back in every matrix: what the claim explains is as claimed. */
  if (claim != NULL && is_made_of_large_blocks (claim, shards))
    {
      census = take_census (shards, claim);
      if (find_family (census, &share) == claim->main_type && share >= 0.5)
        return g_strdup (name_census (census, claim->main_type, claim));
      g_clear_pointer (&census, g_free);
    }
  census = take_census (shards, NULL);
  main_type = find_family (census, &share);
  if (main_type == G_MAXUINT32)
    return name_vectors (shards);
  if (share < 0.5 && (claim == NULL || claim->main_type != main_type))
    return g_strdup ("mixed");
  return g_strdup (name_census (census, main_type, claim));
}
