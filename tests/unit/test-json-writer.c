/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json-writer.h"
#include "value-json.h"

#include <math.h>
#include <stdlib.h>

#include <json-glib/json-glib.h>

/* A document into memory. */
typedef struct
{
  FILE *stream;
  PaddockJsonWriter *writer;
  char *text;
  gsize length;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->stream = open_memstream (&fixture->text, &fixture->length);
  g_assert_nonnull (fixture->stream);
  fixture->writer = paddock_json_writer_new (fixture->stream);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  free (fixture->text);
}

/* Ends it: a line, and JSON for whoever reads it. */
static void
assert_written (Fixture *fixture, const char *expected)
{
  g_autofree char *line = g_strconcat (expected, "\n", NULL);
  g_autoptr (JsonNode) read = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->writer, paddock_json_writer_free);
  g_assert_cmpint (fclose (fixture->stream), ==, 0);
  g_assert_cmpstr (fixture->text, ==, line);
  read = json_from_string (fixture->text, &error);
  g_assert_no_error (error);
}

static void
test_structure (Fixture *fixture, gconstpointer data)
{
  PaddockJsonWriter *writer = fixture->writer;

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_begin_array (writer, "empty");
  paddock_json_writer_end_array (writer);
  paddock_json_writer_begin_array (writer, "list");
  paddock_json_writer_add_null (writer, NULL);
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_end_object (writer);
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_boolean (writer, "a \"b\"", TRUE);
  paddock_json_writer_add_boolean (writer, "", FALSE);
  paddock_json_writer_end_object (writer);
  paddock_json_writer_add_string (writer, NULL, NULL);
  paddock_json_writer_end_array (writer);
  paddock_json_writer_add_string (writer, "last", "x");
  paddock_json_writer_end_object (writer);
  assert_written (fixture, "{\"empty\":[],\"list\":[null,{},{\"a \\\"b\\\"\":true,\"\":false},null],\"last\":\"x\"}");
}

/* All digits, and no more than are needed; what JSON has no word for is null. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  PaddockJsonWriter *writer = fixture->writer;

  paddock_json_writer_begin_array (writer, NULL);
  paddock_json_writer_add_uint (writer, NULL, G_MAXUINT64);
  paddock_json_writer_add_int (writer, NULL, G_MININT64);
  paddock_json_writer_add_known (writer, NULL, -1);
  paddock_json_writer_add_known (writer, NULL, 0);
  paddock_json_writer_add_known (writer, NULL, G_MAXINT64);
  paddock_json_writer_add_float (writer, NULL, 0.1f);
  paddock_json_writer_add_double (writer, NULL, 0.1);
  paddock_json_writer_add_double (writer, NULL, (double) 0.1f);
  paddock_json_writer_add_double (writer, NULL, 1.0 / 3);
  paddock_json_writer_add_float (writer, NULL, 16777216);
  paddock_json_writer_add_double (writer, NULL, 1e300);
  paddock_json_writer_add_double (writer, NULL, 5e-324);
  paddock_json_writer_add_double (writer, NULL, INFINITY);
  paddock_json_writer_add_double (writer, NULL, -INFINITY);
  paddock_json_writer_add_float (writer, NULL, NAN);
  paddock_json_writer_end_array (writer);
  assert_written (fixture, "[18446744073709551615,-9223372036854775808,null,0,9223372036854775807,0.1,0.1,0.10000000149011612,"
                           "0.3333333333333333,16777216,1e+300,4.94066e-324,null,null,null]");
}

/* Nothing that a terminal would obey, and nothing that is no text; all the rest as it is. */
static void
test_texts (Fixture *fixture, gconstpointer data)
{
  static const char nul[] = "a\0b\xff\0";
  PaddockJsonWriter *writer = fixture->writer;

  paddock_json_writer_begin_array (writer, NULL);
  paddock_json_writer_add_string (writer, NULL, "");
  paddock_json_writer_add_string (writer, NULL, "\"\\/\n\t\r\x1b[31m\x7f");
  paddock_json_writer_add_string (writer, NULL, "\xc3\xa4 \xf0\x9f\x90\xb4");
  /* Turns what follows around, ends a line, and is not to be seen. */
  paddock_json_writer_add_string (writer, NULL, "\xe2\x80\xae \xe2\x80\xa8 \xc2\x85 \xf3\xa0\x80\x81");
  paddock_json_writer_add_string (writer, NULL,
                                  "a\xff\xfe"
                                  "b");
  paddock_json_writer_add_string (writer, NULL, "\xf0\x9f\x90");
  paddock_json_writer_add_bytes (writer, NULL, nul, sizeof nul - 1);
  paddock_json_writer_add_bytes (writer, NULL, "abc", 2);
  paddock_json_writer_add_bytes (writer, NULL, "\xc3\xa4", 1);
  paddock_json_writer_add_bytes (writer, NULL, NULL, 0);
  paddock_json_writer_end_array (writer);
  assert_written (fixture, "[\"\",\"\\\"\\\\/\\n\\t\\u000d\\u001b[31m\\u007f\",\"\xc3\xa4 \xf0\x9f\x90\xb4\","
                           "\"\\u202e \\u2028 \\u0085 \\udb40\\udc01\",\"a\xef\xbf\xbd\xef\xbf\xbd"
                           "b\",\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\","
                           "\"a\\u0000b\xef\xbf\xbd\\u0000\",\"ab\",\"\xef\xbf\xbd\",\"\"]");
}

static void
add (PaddockJsonWriter *writer, PaddockGgufValue *taken)
{
  g_autoptr (PaddockGgufValue) value = taken;

  g_assert_nonnull (value);
  paddock_json_writer_begin_object (writer, NULL);
  paddock_value_json_add_value (writer, value);
  paddock_json_writer_end_object (writer);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  PaddockJsonWriter *writer = fixture->writer;

  paddock_json_writer_begin_array (writer, NULL);
  add (writer, paddock_gguf_value_new_uint (PADDOCK_GGUF_UINT8, 255, NULL));
  add (writer, paddock_gguf_value_new_int (PADDOCK_GGUF_INT8, -128, NULL));
  add (writer, paddock_gguf_value_new_int (PADDOCK_GGUF_INT16, -2, NULL));
  add (writer, paddock_gguf_value_new_int (PADDOCK_GGUF_INT32, G_MININT32, NULL));
  add (writer, paddock_gguf_value_new_uint (PADDOCK_GGUF_UINT64, G_MAXUINT64, NULL));
  add (writer, paddock_gguf_value_new_int (PADDOCK_GGUF_INT64, G_MININT64, NULL));
  add (writer, paddock_gguf_value_new_double (PADDOCK_GGUF_FLOAT32, 0.1, NULL));
  add (writer, paddock_gguf_value_new_double (PADDOCK_GGUF_FLOAT64, 0.1, NULL));
  add (writer, paddock_gguf_value_new_bool (TRUE));
  add (writer, paddock_gguf_value_new_string ("a\"\xff", 3));
  add (writer, paddock_gguf_value_new_string ("", 0));
  paddock_json_writer_end_array (writer);
  assert_written (fixture, "[{\"type\":\"u8\",\"value\":255},{\"type\":\"i8\",\"value\":-128},{\"type\":\"i16\",\"value\":-2},"
                           "{\"type\":\"i32\",\"value\":-2147483648},{\"type\":\"u64\",\"value\":18446744073709551615},"
                           "{\"type\":\"i64\",\"value\":-9223372036854775808},{\"type\":\"f32\",\"value\":0.1},"
                           "{\"type\":\"f64\",\"value\":0.1},{\"type\":\"bool\",\"value\":true},"
                           "{\"type\":\"str\",\"value\":\"a\\\"\xef\xbf\xbd\"},{\"type\":\"str\",\"value\":\"\"}]");
}

/* A few elements are listed, many are counted. */
static void
test_arrays (Fixture *fixture, gconstpointer data)
{
  PaddockJsonWriter *writer = fixture->writer;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_gguf_value_unref);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_gguf_value_unref);
  g_autoptr (GString) expected = g_string_new ("[{\"type\":\"arr\",\"element_type\":\"str\",\"length\":2,\"value\":[\"a\",\"b\"]},"
                                               "{\"type\":\"arr\",\"element_type\":\"i32\",\"length\":0,\"value\":[]},"
                                               "{\"type\":\"arr\",\"element_type\":\"i32\",\"length\":64,\"value\":[");

  g_ptr_array_add (texts, paddock_gguf_value_new_string ("a", 1));
  g_ptr_array_add (texts, paddock_gguf_value_new_string ("b", 1));
  for (int i = 0; i < 65; i++)
    {
      g_ptr_array_add (numbers, paddock_gguf_value_new_int (PADDOCK_GGUF_INT32, -i, NULL));
      if (i < 64)
        g_string_append_printf (expected, i == 0 ? "%d" : ",%d", -i);
    }
  g_string_append (expected, "]},{\"type\":\"arr\",\"element_type\":\"i32\",\"length\":65}]");
  paddock_json_writer_begin_array (writer, NULL);
  add (writer, paddock_gguf_value_new_array (PADDOCK_GGUF_STRING, (PaddockGgufValue **) texts->pdata, 2, NULL));
  add (writer, paddock_gguf_value_new_array (PADDOCK_GGUF_INT32, NULL, 0, NULL));
  add (writer, paddock_gguf_value_new_array (PADDOCK_GGUF_INT32, (PaddockGgufValue **) numbers->pdata, 64, NULL));
  add (writer, paddock_gguf_value_new_array (PADDOCK_GGUF_INT32, (PaddockGgufValue **) numbers->pdata, 65, NULL));
  paddock_json_writer_end_array (writer);
  assert_written (fixture, expected->str);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/json-writer/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("structure", test_structure);
  ADD ("numbers", test_numbers);
  ADD ("texts", test_texts);
  ADD ("values", test_values);
  ADD ("arrays", test_arrays);
#undef ADD
  return g_test_run ();
}
