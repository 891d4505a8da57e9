export type ConnectCommand = { name: string; protocol: string; variant: string; lines: string[] }

/** All texts under a value: one command, a list of steps, or steps by system (`linux`, `docker` …). */
const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(texts)
  return value && typeof value === 'object' ? Object.values(value).flatMap(texts) : []
}

/** Ready commands of `/api/device-connectivity`, in the order of the server, empty ones left out. */
export const toCommands = (connectivity: Readonly<Record<string, object | undefined>>): ConnectCommand[] =>
  Object.entries(connectivity)
    .flatMap(([protocol, variants]) =>
      Object.entries(variants ?? {}).map(([variant, value]) => ({
        name: `${protocol} ${variant}`,
        protocol,
        variant: variant === protocol ? '' : variant,
        lines: texts(value),
      })),
    )
    .filter((command) => command.lines.length > 0)
