import { escapeText, MAX_NAME_LENGTH } from './escape-text.js'

/** The path of a URL without its query, escaped. */
export const pathOf = (url: string): string => escapeText(url.split('?', 1)[0] ?? '', MAX_NAME_LENGTH)
