import pg from 'pg'

/** The URL of another database on the same server. */
export const databaseUrl = (serverUrl: string, name: string): string => {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/**
 * Makes a database when it is missing. Texts sort by code point and fold case as Unicode says, on every machine alike;
 * servers older than PostgreSQL 17 use their own default instead.
 * @param serverUrl any database of the server, as a role that may create databases
 * @returns the new database's URL
 */
export const ensureDatabase = async (serverUrl: string, name: string): Promise<string> => {
  await onServer(serverUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount === 1) return
    const server = await client.query<{ version: string }>(`SELECT current_setting('server_version_num') AS version`)
    const locale =
      Number(server.rows[0]?.version) >= 170_000
        ? `LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' TEMPLATE template0`
        : ''
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} ENCODING 'UTF8' ${locale}`)
  })
  return databaseUrl(serverUrl, name)
}

/** A copy of a database that nobody is connected to. */
export const cloneDatabase = async (serverUrl: string, template: string, name: string): Promise<string> => {
  await onServer(serverUrl, (client) =>
    client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`),
  )
  return databaseUrl(serverUrl, name)
}

/** Ends the connections to a database and removes it. */
export const dropDatabase = async (serverUrl: string, name: string): Promise<void> => {
  await onServer(serverUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  )
}

const onServer = async (serverUrl: string, work: (client: pg.Client) => Promise<unknown>) => {
  const client = new pg.Client({ connectionString: serverUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
