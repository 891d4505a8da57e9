import type { Server } from 'node:http'

/**
 * Refuses upgrades of every path but these, whose doors answer them: once somebody listens for upgrades, Node leaves those
 * that nobody answers open forever.
 */
export const refuseOtherUpgrades = (server: Server, doors: readonly string[]): void => {
  server.on('upgrade', (request, socket) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1)
    if (doors.some((door) => path === door || path.startsWith(door.endsWith('/') ? door : `${door}/`))) return
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
}
