/**
 * Lines of aligned columns: numbers to the right, text to the left.
 * @param {readonly (readonly (string | number)[])[]} rows
 */
export const formatTable = (rows) => {
  /** @param {number} column */
  const widthOf = (column) => Math.max(...rows.map((row) => String(row[column]).length))
  const formatRow = (/** @type {readonly (string | number)[]} */ row) =>
    row.map((cell, column) => align(cell, widthOf(column))).join('  ')
  return rows.map((row) => formatRow(row).trimEnd()).join('\n')
}

/** @type {(cell: string | number, width: number) => string} */
const align = (cell, width) => (typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width))
