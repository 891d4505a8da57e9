import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { connectivityCommands, parseConnectivity, shellWord, splitHost } from './connectivity.ts'

const reached = {
  host: 'iot.example.org:8080',
  isTls: false,
  mqttPort: 1884,
  httpPort: 8080,
  coapPort: 5683,
  mqttTls: null,
}
const token = (credentialsId: string) => ({
  credentialsType: 'ACCESS_TOKEN' as const,
  credentialsId,
  credentialsValue: null,
})

describe('a word for the shell', () => {
  test.each([
    ["it's"],
    ['$(reboot)'],
    ['`id`'],
    ['a b'],
    ['"'],
    ['\\'],
    ['a\nb'],
    ['; rm -rf /'],
    ['!!'],
    ['-x'],
    [''],
  ])('%j arrives as it is', (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`]).toString()).toBe(text)
  })
})

describe('the host', () => {
  test.each([
    ['iot.example.org:8080', 'iot.example.org', '8080'],
    ['localhost', 'localhost', null],
    ['[::1]:8080', '[::1]', '8080'],
    ['evil$(id):80', 'localhost', null],
    ["a'b", 'localhost', null],
    ['', 'localhost', null],
  ])('%j', (header, name, port) => {
    expect(splitHost(header)).toEqual({ name, port })
  })
})

describe('the commands', () => {
  test('for a token', () => {
    const { http, mqtt } = connectivityCommands(token('A1'), reached)
    expect(http?.http).toContain('http://iot.example.org:8080/api/v1/A1/telemetry')
    expect(mqtt?.mqtt).toContain('-h iot.example.org -p 1884')
  })

  const withProfile = (transportType: string, transportConfiguration: unknown = null) =>
    connectivityCommands({ ...token('A1'), profile: { transportType, transportConfiguration } }, reached)

  test('for CoAP', () => {
    const { coap } = connectivityCommands(token('A1'), reached)
    expect(coap?.coap).toBe(
      `coap-client -v 6 -m POST -t application/json -e '{"temperature":25}' coap://iot.example.org:5683/api/v1/A1/telemetry`,
    )
    const settings = parseConnectivity({ coap: { enabled: true, host: 'coap.example.org', port: '5700' } })
    expect(connectivityCommands(token('A1'), reached, settings).coap?.coap).toContain('coap://coap.example.org:5700/')
    const closed = parseConnectivity({ coap: { enabled: false } })
    expect(connectivityCommands(token('A1'), reached, closed)).not.toHaveProperty('coap')
  })

  test('go by the transports that the profile serves', () => {
    expect(Object.keys(withProfile('DEFAULT'))).toEqual(['http', 'mqtt', 'coap'])
    expect(Object.keys(withProfile('MQTT'))).toEqual(['http', 'mqtt'])
    expect(Object.keys(withProfile('COAP'))).toEqual(['http', 'coap'])
    expect(Object.keys(withProfile('SNMP'))).toEqual(['http'])
  })

  test('publish on the topic of the profile', () => {
    const topicOf = (configuration: unknown) =>
      / -t (\S+) /.exec(withProfile('MQTT', configuration).mqtt?.mqtt ?? '')?.[1]
    expect(topicOf({ type: 'MQTT', deviceTelemetryTopic: 'sensors/t' })).toBe('sensors/t')
    expect(topicOf({ type: 'MQTT', deviceTelemetryTopic: 'a/+/t/#' })).toBe('a/any/t/any')
    expect(topicOf({ type: 'MQTT' })).toBe('v1/devices/me/telemetry')
    expect(topicOf(null)).toBe('v1/devices/me/telemetry')
  })

  test('use https where the caller did, and an IPv6 address without brackets for MQTT', () => {
    const { http, mqtt } = connectivityCommands(token('A1'), { ...reached, host: '[::1]', isTls: true })
    expect(http?.http).toContain('https://[::1]/api/v1/')
    expect(mqtt?.mqtt).toContain('-h ::1 ')
  })

  test('a token cannot leave its place in the path or in the shell', () => {
    const { http, mqtt } = connectivityCommands(token("../x?';reboot"), reached)
    expect(http?.http).toContain('/api/v1/..%2Fx%3F')
    expect(http?.http).not.toContain("';reboot ")
    expect(mqtt?.mqtt).toContain(`-u '../x?'\\'';reboot'`)
  })

  test('for a name and password, of MQTT alone', () => {
    const credentialsValue = JSON.stringify({ clientId: 'c', userName: 'u', password: 'p w' })
    const commands = connectivityCommands({ ...token('x'), credentialsType: 'MQTT_BASIC', credentialsValue }, reached)
    expect(commands.http).toBeUndefined()
    expect(commands.mqtt?.mqtt).toContain(`-i c -u u -P 'p w'`)
  })

  test('none for a certificate', () => {
    expect(connectivityCommands({ ...token('x'), credentialsType: 'X509_CERTIFICATE' }, reached)).toEqual({})
  })
})

describe('with TLS', () => {
  const own = { ...reached, mqttTls: { port: 8884, isSelfSigned: true } }

  test('a certificate that signed itself is fetched first', () => {
    const { mqtt } = connectivityCommands(token('A1'), own)
    expect(mqtt?.mqtt).toContain('-p 1884')
    expect(mqtt?.mqtts).toEqual([
      'curl -f -S -o server-chain.pem http://iot.example.org:8080/api/device-connectivity/mqtts/certificate/download',
      expect.stringContaining('--cafile server-chain.pem -h iot.example.org -p 8884'),
    ])
  })

  test('one that others vouch for is not', () => {
    const { mqtt } = connectivityCommands(token('A1'), { ...reached, mqttTls: { port: 8883, isSelfSigned: false } })
    expect(mqtt?.mqtts).toContain('--tls-use-os-certs -h iot.example.org -p 8883')
  })

  test('a device with a certificate shows it', () => {
    const { http, mqtt } = connectivityCommands({ ...token('x'), credentialsType: 'X509_CERTIFICATE' }, own)
    expect(http).toBeUndefined()
    expect(mqtt).toEqual({ mqtts: expect.arrayContaining([expect.stringContaining('--cert cert.pem --key key.pem')]) })
  })

  test('settings that close it win', () => {
    const settings = parseConnectivity({ mqtts: { enabled: false } })
    expect(connectivityCommands(token('A1'), own, settings).mqtt?.mqtts).toBeUndefined()
  })
})

describe('the settings', () => {
  test('say which protocols are open, and where', () => {
    const settings = parseConnectivity({
      http: { enabled: false, host: '', port: 8080 },
      https: { enabled: true, host: 'api.example.org', port: '443' },
      mqtt: { enabled: false },
      mqtts: { enabled: true, host: 'mqtt.example.org', port: '8883' },
    })
    const { http, mqtt } = connectivityCommands(token('A1'), reached, settings)
    expect(Object.keys(http ?? {})).toEqual(['https'])
    expect(http?.https).toContain('https://api.example.org:443/api/v1/A1/telemetry')
    expect(Object.keys(mqtt ?? {})).toEqual(['mqtts'])
    expect(mqtt?.mqtts).toContain('-h mqtt.example.org -p 8883')
  })

  test('that make no sense are as if there were none', () => {
    for (const stored of [undefined, null, 'x', { mqtt: 'x' }])
      expect(connectivityCommands(token('A1'), reached, parseConnectivity(stored)).mqtt?.mqtt).toContain('-p 1884')
  })

  test('of nothing open leave no command', () => {
    const closed = { enabled: false }
    const settings = parseConnectivity({ http: closed, https: closed, mqtt: closed, coap: closed })
    expect(connectivityCommands(token('A1'), reached, settings)).toEqual({})
  })
})

test('inside a container this machine has another name', () => {
  const { mqtt } = connectivityCommands(token('A1'), { ...reached, host: 'localhost' })
  expect(mqtt?.docker?.mqtt).toContain('--add-host=host.docker.internal:host-gateway eclipse-mosquitto')
  expect(mqtt?.docker?.mqtt).toContain('-h host.docker.internal ')
  expect(mqtt?.mqtt).toContain('-h localhost ')
})
