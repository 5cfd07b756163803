// What every page has: names offered while somebody types, and tables as cards on a phone.
import { offer } from "./offer";
import { stack } from "./stack";

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) offer(input);
for (const table of document.querySelectorAll<HTMLTableElement>(".scroll > table")) stack(table);
