// Asks an audit log in ECS who called, in SQL, with DuckDB inside this process: node examples/audit/query.js <file>
import { DuckDBInstance } from '@duckdb/node-api'

const QUESTIONS = {
  'Who called, and how often?': `
    SELECT ecs->>'$.user.name' AS client, left(ecs->>'$.user.id', 8) AS thumbprint, count(*) AS requests
    FROM log WHERE (ecs->'$.user') IS NOT NULL
    GROUP BY ALL ORDER BY ALL`,
  'Who was refused, and why?': `
    SELECT coalesce(ecs->>'$.tls.client.subject', '-') AS certificate,
      coalesce(ecs->>'$.mtls.problems[0]', '-') AS problem,
      ecs->>'$.http.response.status_code' AS status, count(*) AS requests
    FROM log WHERE (ecs->>'$.event.outcome') = 'failure' AND (ecs->'$.http') IS NOT NULL
    GROUP BY ALL ORDER BY ALL`,
  'Which routes answered, and how was the client known?': `
    SELECT coalesce(ecs->>'$.labels.route', '-') AS route, ecs->>'$.mtls.evidence' AS evidence,
      count(*) AS requests
    FROM log WHERE (ecs->'$.http') IS NOT NULL
    GROUP BY ALL ORDER BY ALL`,
  'How many records are missing?': `
    SELECT coalesce(sum((ecs->>'$.mtls.lost')::INTEGER), 0) AS lost FROM log`,
}

const [file = 'audit.ndjson'] = process.argv.slice(2)
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
await connection.run('CREATE TABLE log AS SELECT json AS ecs FROM read_ndjson_objects($file)', { file })
for (const [question, sql] of Object.entries(QUESTIONS)) {
  const answer = await connection.runAndReadAll(sql)
  const rows = [answer.columnNames(), ...answer.getRowsJson().map((row) => row.map(String))]
  console.log(`${question}\n${formatRows(rows)}\n`)
}

/** @param {string[][]} rows */
function formatRows(rows) {
  /** @param {number} column */
  const widthOf = (column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widthOf(column))).join('  '))
  return lines.map((line) => `  ${line}`.trimEnd()).join('\n')
}
