import { escapeText, MAX_NAME_LENGTH } from './escape-text.js'

/** The path of a URL without its query, escaped. */
export const pathOf = (url: string): string => escapeText(url.replace(/\?.*$/s, ''), MAX_NAME_LENGTH)
