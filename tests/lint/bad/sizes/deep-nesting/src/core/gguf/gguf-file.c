/* SPDX-License-Identifier: GPL-3.0-or-later */

static int
count (int value)
{
  for (int i = 0; i < value; i++)
    {
      while (value > 1)
        if (value > 2)
          {
            switch (value)
              {
              case 3:
                if (value > i)
                  value--;
                break;
              default:
                break;
              }
          }
    }
  return value;
}
