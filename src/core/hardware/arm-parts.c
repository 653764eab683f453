/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/arm-parts.h"

typedef struct
{
  guint implementer;
  guint part;
  const char *name;
} CorePart;

typedef struct
{
  const char *compatible;
  const char *name;
} Chip;

#define ARM 0x41
#define CAVIUM 0x43
#define FUJITSU 0x46
#define HISILICON 0x48
#define NVIDIA 0x4e
#define QUALCOMM 0x51
#define APPLE 0x61
#define AMPERE 0xc0

static const CorePart parts[] = {
  { ARM, 0xb76, "ARM1176" },       { ARM, 0xc07, "Cortex-A7" },      { ARM, 0xc08, "Cortex-A8" },
  { ARM, 0xc09, "Cortex-A9" },     { ARM, 0xc0f, "Cortex-A15" },     { ARM, 0xd03, "Cortex-A53" },
  { ARM, 0xd04, "Cortex-A35" },    { ARM, 0xd05, "Cortex-A55" },     { ARM, 0xd06, "Cortex-A65" },
  { ARM, 0xd07, "Cortex-A57" },    { ARM, 0xd08, "Cortex-A72" },     { ARM, 0xd09, "Cortex-A73" },
  { ARM, 0xd0a, "Cortex-A75" },    { ARM, 0xd0b, "Cortex-A76" },     { ARM, 0xd0c, "Neoverse-N1" },
  { ARM, 0xd0d, "Cortex-A77" },    { ARM, 0xd40, "Neoverse-V1" },    { ARM, 0xd41, "Cortex-A78" },
  { ARM, 0xd42, "Cortex-A78AE" },  { ARM, 0xd44, "Cortex-X1" },      { ARM, 0xd46, "Cortex-A510" },
  { ARM, 0xd47, "Cortex-A710" },   { ARM, 0xd48, "Cortex-X2" },      { ARM, 0xd49, "Neoverse-N2" },
  { ARM, 0xd4a, "Neoverse-E1" },   { ARM, 0xd4b, "Cortex-A78C" },    { ARM, 0xd4c, "Cortex-X1C" },
  { ARM, 0xd4d, "Cortex-A715" },   { ARM, 0xd4e, "Cortex-X3" },      { ARM, 0xd4f, "Neoverse-V2" },
  { ARM, 0xd80, "Cortex-A520" },   { ARM, 0xd81, "Cortex-A720" },    { ARM, 0xd82, "Cortex-X4" },
  { ARM, 0xd84, "Neoverse-V3" },   { ARM, 0xd85, "Cortex-X925" },    { ARM, 0xd87, "Cortex-A725" },
  { ARM, 0xd8e, "Neoverse-N3" },   { CAVIUM, 0x0af, "ThunderX2" },   { FUJITSU, 0x001, "A64FX" },
  { HISILICON, 0xd01, "TaiShan v110" },
  { NVIDIA, 0x003, "Denver 2" },   { NVIDIA, 0x004, "Carmel" },      { QUALCOMM, 0x001, "Oryon" },
  { QUALCOMM, 0x800, "Kryo 2xx Gold" },
  { QUALCOMM, 0x801, "Kryo 2xx Silver" },
  { QUALCOMM, 0x802, "Kryo 3xx Gold" },
  { QUALCOMM, 0x803, "Kryo 3xx Silver" },
  { QUALCOMM, 0x804, "Kryo 4xx Gold" },
  { QUALCOMM, 0x805, "Kryo 4xx Silver" },
  { APPLE, 0x022, "Icestorm" },    { APPLE, 0x023, "Firestorm" },    { APPLE, 0x024, "Icestorm" },
  { APPLE, 0x025, "Firestorm" },   { APPLE, 0x028, "Icestorm" },     { APPLE, 0x029, "Firestorm" },
  { APPLE, 0x032, "Blizzard" },    { APPLE, 0x033, "Avalanche" },    { APPLE, 0x034, "Blizzard" },
  { APPLE, 0x035, "Avalanche" },   { APPLE, 0x038, "Blizzard" },     { APPLE, 0x039, "Avalanche" },
  { AMPERE, 0xac3, "Ampere-1" },   { AMPERE, 0xac4, "Ampere-1a" },
};

static const Chip chips[] = {
  { "apple,t8103", "Apple M1" },        { "apple,t6000", "Apple M1 Pro" },    { "apple,t6001", "Apple M1 Max" },
  { "apple,t6002", "Apple M1 Ultra" },  { "apple,t8112", "Apple M2" },        { "apple,t6020", "Apple M2 Pro" },
  { "apple,t6021", "Apple M2 Max" },    { "apple,t6022", "Apple M2 Ultra" },  { "apple,t8122", "Apple M3" },
  { "apple,t6030", "Apple M3 Pro" },    { "apple,t6031", "Apple M3 Max" },    { "brcm,bcm2835", "Broadcom BCM2835" },
  { "brcm,bcm2836", "Broadcom BCM2836" },
  { "brcm,bcm2837", "Broadcom BCM2837" },
  { "brcm,bcm2711", "Broadcom BCM2711" },
  { "brcm,bcm2712", "Broadcom BCM2712" },
  { "rockchip,rk3399", "Rockchip RK3399" },
  { "rockchip,rk3566", "Rockchip RK3566" },
  { "rockchip,rk3568", "Rockchip RK3568" },
  { "rockchip,rk3588", "Rockchip RK3588" },
  { "rockchip,rk3588s", "Rockchip RK3588S" },
  { "nvidia,tegra194", "NVIDIA Xavier" },
  { "nvidia,tegra234", "NVIDIA Orin" },
  { "qcom,x1e80100", "Snapdragon X Elite" },
};

/**
 * paddock_arm_parts_get_core_name:
 * @implementer: who designed it
 * @part: the designer's number of it
 *
 * Returns: (transfer none) (nullable): what the core is called
 */
const char *
paddock_arm_parts_get_core_name (guint implementer, guint part)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].implementer == implementer && parts[i].part == part)
      return parts[i].name;
  return NULL;
}

/**
 * paddock_arm_parts_get_chip_name:
 * @compatible: a word of the device tree
 *
 * Returns: (transfer none) (nullable): what the chip is called
 */
const char *
paddock_arm_parts_get_chip_name (const char *compatible)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chips); i++)
    if (g_str_equal (chips[i].compatible, compatible))
      return chips[i].name;
  return NULL;
}
