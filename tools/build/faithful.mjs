import { checkCharacters } from "./check-characters.mjs";
import { checkPlaces } from "./check-places.mjs";
import { checkTried } from "./check-tried.mjs";
import { escapeOthers } from "./escape-others.mjs";

/**
 * What every bundle is held to, so that it means what its sources mean, and loads as fast as it can.
 * @param {string} folder of the package
 * @returns {import("rolldown").Plugin[]}
 */
export function faithful(folder) {
  return [checkTried(), checkPlaces(folder), escapeOthers(), checkCharacters()];
}
