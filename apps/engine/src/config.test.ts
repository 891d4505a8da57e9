import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const required = { DATABASE_URL: 'postgresql://db', REDIS_URL: 'redis://cache' }

test('an empty variable is not set, and every wrong one is named at once', () => {
  expect(readConfig({ ...required, HTTP_PORT: '' }).HTTP_PORT).toBe(8080)
  expect(() => readConfig({ HTTP_PORT: '99999', ENGINE_ROLES: 'boss' })).toThrow(
    /ENGINE_ROLES[\s\S]*DATABASE_URL[\s\S]*HTTP_PORT/,
  )
})

test('trusted proxies are addresses and networks', () => {
  const read = (text: string) => readConfig({ ...required, TRUSTED_PROXIES: text }).TRUSTED_PROXIES
  expect(read('10.0.0.1, 192.168.0.0/16,::1')).toEqual(['10.0.0.1', '192.168.0.0/16', '::1'])
  expect(read('')).toEqual([])
  for (const wrong of ['proxy', '10.0.0.0/33', '10.0.0.1/', 'true'])
    expect(() => read(wrong)).toThrow('TRUSTED_PROXIES')
})

test('a certificate needs its key, and the key its certificate', () => {
  const both = /MQTT_TLS_CERT, MQTT_TLS_KEY: both are needed/
  expect(() => readConfig({ ...required, MQTT_TLS_CERT: '/cert.pem' })).toThrow(both)
  expect(() => readConfig({ ...required, MQTT_TLS_KEY: '/key.pem' })).toThrow(both)
  const config = readConfig({ ...required, MQTT_TLS_CERT: '/cert.pem', MQTT_TLS_KEY: '/key.pem' })
  expect(config).toMatchObject({ MQTT_TLS_CERT: '/cert.pem', MQTT_TLS_PORT: 8883 })
})

test.each(['100', '0:1', '5:', '5:1,', 'x:y'])('%s is no rate', (text) => {
  expect(() => readConfig({ ...required, DEVICE_CONNECT_RATE_PER_ADDRESS: text })).toThrow(/capacity:seconds/)
})

test('what rule nodes may reach are addresses, networks and names of hosts, nothing unless it is said', () => {
  const read = (text: string) => readConfig({ ...required, OUTBOUND_ALLOWED: text }).OUTBOUND_ALLOWED
  expect(read('')).toEqual([])
  expect(read('127.0.0.1, 10.0.0.0/8,fd00::/8,broker.internal,*')).toEqual([
    '127.0.0.1',
    '10.0.0.0/8',
    'fd00::/8',
    'broker.internal',
    '*',
  ])
  for (const wrong of ['10.0.0.0/33', 'http://broker', 'a b', '*.internal', '10.0.0.1/'])
    expect(() => read(wrong), wrong).toThrow('OUTBOUND_ALLOWED')
})
