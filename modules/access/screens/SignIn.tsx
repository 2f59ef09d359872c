/** The sign-in page. A demo offers its accounts: one tap fills them in. Returns where the person was. */
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useRead, useWrite } from '#ui/api.ts'
import { useAddress } from '#ui/Go.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { listDemoAccounts, signIn } from '../contract.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'

export function SignIn() {
  const { say, work } = useWords()
  const { back } = useAddress()
  const router = useRouter()
  const client = useQueryClient()
  const demo = useRead(listDemoAccounts, {})
  const { run, pending, refusal } = useWrite(signIn, { keepsNothing: true })
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const accounts = demo.data?.accounts ?? []
  useEffect(() => {
    document.title = `${say.access.signIn} · Kết Đoàn`
  }, [say])

  async function enter() {
    const me = await run({ body: { username, password } })
    if (!me) return
    client.clear()
    // Only an address of this app: never a link that somebody else put there.
    router.history.push(back && /^\/(?![/\\])/.test(back) ? back : '/')
  }

  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-head">
          <h1 className="brand-large">Kết Đoàn</h1>
          <LanguageSwitch />
        </div>
        <p className="muted">{say.access.whatItIs}</p>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void enter()
          }}
        >
          <TextInput
            label={say.access.username}
            autoComplete="username"
            autoCapitalize="none"
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            required
            size="md"
          />
          <PasswordInput
            label={say.access.password}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            required
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': say.access.showPassword }}
          />
          <Trouble refusal={refusal} />
          <Button type="submit" size="md" fullWidth loading={pending}>
            {say.access.signIn}
          </Button>
        </form>
        {accounts.length > 0 && (
          <section className="demo-accounts" aria-label={say.access.demoAccounts}>
            <h2>{say.access.demoAccounts}</h2>
            <p className="muted">{say.access.demoHint}</p>
            <ul>
              {accounts.map((account) => (
                <li key={account.username}>
                  <button
                    type="button"
                    aria-pressed={username === account.username}
                    onClick={() => {
                      setUsername(account.username)
                      setPassword(demo.data?.password ?? '')
                    }}
                  >
                    <strong>{account.name}</strong>
                    <span>
                      {work.roles[account.role]} · {account.unitName}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </main>
  )
}
