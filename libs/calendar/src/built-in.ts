import { notice2014 } from './holidays/2014.js';
import { notice2015 } from './holidays/2015.js';
import { notice2016 } from './holidays/2016.js';
import { notice2017 } from './holidays/2017.js';
import { notice2018 } from './holidays/2018.js';
import { notice2019 } from './holidays/2019.js';
import { notice2020 } from './holidays/2020.js';
import { notice2021 } from './holidays/2021.js';
import { notice2022 } from './holidays/2022.js';
import { notice2023 } from './holidays/2023.js';
import { notice2024 } from './holidays/2024.js';
import { notice2025 } from './holidays/2025.js';
import { notice2026 } from './holidays/2026.js';
import { calendarOf, type Calendar } from './calendar.js';
import { parseNotice } from './notice.js';

/** The notices this software ships with; each passes the same check as one loaded later. */
export const builtInCalendar: Calendar = calendarOf(
  [
    notice2014, notice2015, notice2016, notice2017, notice2018, notice2019, notice2020,
    notice2021, notice2022, notice2023, notice2024, notice2025, notice2026,
  ].map(parseNotice),
);
