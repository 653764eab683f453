/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-error.h"
#include "engine-fit.h"
#include "engine-log.h"

#include <string.h>

#define MIB G_GUINT64_CONSTANT (1048576)

static PaddockEngineFit *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  PaddockEngineFit *fit = paddock_engine_fit_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return fit;
}

static void
check_device (const PaddockEngineFit *fit, guint position, const char *name, guint64 weights, guint64 cache, guint64 compute)
{
  const PaddockEngineFitDevice *device = g_ptr_array_index (fit->devices, position);

  g_assert_cmpstr (device->name, ==, name);
  g_assert_cmpuint (device->weights, ==, weights * MIB);
  g_assert_cmpuint (device->cache, ==, cache * MIB);
  g_assert_cmpuint (device->compute, ==, compute * MIB);
}

/* As llama.cpp 0.7.0 prints it for Llama 3.2 1B at 8,192 tokens, with its blank at the end. */
static void
test_processor (void)
{
  g_autoptr (PaddockEngineFit) fit = parse ("Host 2357 256 282 \n");

  g_assert_cmpuint (fit->devices->len, ==, 1);
  check_device (fit, 0, "Host", 2357, 256, 282);
}

static void
test_devices (void)
{
  g_autoptr (PaddockEngineFit) fit = parse ("CUDA0 7401 814 517 \nRPC[192.168.0.2:50052] 1 2 3 \nHost 1280 0 154 \n");
  PaddockEngineFitDevice sum = paddock_engine_fit_sum (fit);

  g_assert_cmpuint (fit->devices->len, ==, 3);
  check_device (fit, 0, "CUDA0", 7401, 814, 517);
  check_device (fit, 1, "RPC[192.168.0.2:50052]", 1, 2, 3);
  check_device (fit, 2, "Host", 1280, 0, 154);
  g_assert_cmpuint (sum.weights, ==, 8682 * MIB);
  g_assert_cmpuint (sum.cache, ==, 816 * MIB);
  g_assert_cmpuint (sum.compute, ==, 674 * MIB);
}

/* Drivers print what they like to where they like. */
static void
test_noise (void)
{
  g_autoptr (PaddockEngineFit) fit = parse ("ggml_cuda_init: found 1 CUDA devices:\r\n"
                                            "  Device 0: NVIDIA, compute capability 8.9\n"
                                            "\377\376 1 2 3\n"
                                            "\tHost \t 1 2  3\r\n"
                                            "1 2 3\n"
                                            "half 1 2\n"
                                            "\033[1m 4 5 6\n"
                                            "-1 -2 -3 -4\n"
                                            "much 1 2 99999999999999999999\n"
                                            "beyond 1 2 4294967297\n");

  g_assert_cmpuint (fit->devices->len, ==, 1);
  check_device (fit, 0, "Host", 1, 2, 3);
}

static void
test_cut_off (void)
{
  g_autoptr (PaddockEngineFit) fit = parse ("Host 1 2 3");

  check_device (fit, 0, "Host", 1, 2, 3);
}

static void
test_no_answer (void)
{
  static const char *const texts[] = { "", "\n\n\n", "Host", "Host 1 2", "1 2 3", "Host 1 2 3\nHost 1 2 3\n", "Host 1 2 x" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (paddock_engine_fit_parse (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_ANSWER);
    }
}

static void
test_too_many_devices (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 65; i++)
    g_string_append_printf (text, "CUDA%u 1 2 3\n", i);
  g_assert_null (paddock_engine_fit_parse (text->str, text->len, &error));
  g_assert_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_ANSWER);
}

static void
test_nul (void)
{
  static const char text[] = "Host\0 1 2 3\nHost 4 5 6\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockEngineFit) fit = paddock_engine_fit_parse (text, sizeof text - 1, &error);

  g_assert_no_error (error);
  check_device (fit, 0, "Host", 4, 5, 6);
}

static void
check_proposal (const char *text, const char *joined)
{
  g_auto (GStrv) words = paddock_engine_fit_parse_proposal (text, strlen (text));
  g_autofree char *found = words != NULL ? g_strjoinv ("|", words) : NULL;

  g_assert_cmpstr (found, ==, joined);
}

static void
test_proposal (void)
{
  check_proposal ("-c 512 -ngl -1\n", "-c|512|-ngl|-1");
  check_proposal ("a driver speaks\n-c 8192 -ngl 37 -ts 14,23 -ot \"blk\\.13\\.ffn_(up|gate)=CPU\"\n",
                  "-c|8192|-ngl|37|-ts|14,23|-ot|blk\\.13\\.ffn_(up|gate)=CPU");
  check_proposal ("", NULL);
  check_proposal ("Host 1 2 3\n", NULL);
  check_proposal ("-c \"512\n", NULL);
  check_proposal ("-c \033[2J\n", NULL);
}

static void
check_reason (const char *text, const char *expected)
{
  g_autofree char *reason = paddock_engine_log_find_reason (text);

  g_assert_cmpstr (reason, ==, expected);
}

/* As llama.cpp 0.7.0 prints them. */
static void
test_reason (void)
{
  check_reason ("0.00.011.647 I llama_fit_params: printing estimated memory in MiB to stdout (device, model) ...\n"
                "0.00.011.946 E gguf_init_from_file: failed to open GGUF file '/nonexistent' (No such file or directory)\n"
                "0.00.012.060 E llama_model_load: error loading model: llama_model_loader: failed to load model\n"
                "terminate called after throwing an instance of 'std::runtime_error'\n",
                "gguf_init_from_file: failed to open GGUF file '/nonexistent' (No such file or directory)");
  check_reason ("error: invalid argument: --fit-print\n", "invalid argument: --fit-print");
  check_reason ("loading\nsomething broke\n\n", "something broke");
  check_reason ("", NULL);
  check_reason ("0.0.0 E \033[2J\n", "[2J");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine-fit/processor", test_processor);
  g_test_add_func ("/engine-fit/devices", test_devices);
  g_test_add_func ("/engine-fit/noise", test_noise);
  g_test_add_func ("/engine-fit/cut-off", test_cut_off);
  g_test_add_func ("/engine-fit/no-answer", test_no_answer);
  g_test_add_func ("/engine-fit/too-many-devices", test_too_many_devices);
  g_test_add_func ("/engine-fit/nul", test_nul);
  g_test_add_func ("/engine-fit/proposal", test_proposal);
  g_test_add_func ("/engine-log/reason", test_reason);
  return g_test_run ();
}
