/** The answer about one card's text: genuine, with what it says; not genuine; no card; or nothing this browser can tell. */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useWrite } from '#ui/api.ts'
import { Icon } from '#ui/Icon.tsx'
import { Facts } from '#ui/Page.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { checkCardHere } from '../papers/contract.ts'
import { checkCard, readCard, type CardFacts } from '../papers/cardtext.ts'

type Found = Awaited<ReturnType<typeof checkCard>>

export function CardVerdict({ text, publicKey }: { text: string; publicKey: string }) {
  const { say } = useWords()
  const [found, setFound] = useState<Found | null>(null)
  const { run, pending, refusal, reply } = useWrite(checkCardHere, { keepsNothing: true })
  useEffect(() => {
    let isAwaited = true
    void checkCard(text, publicKey).then((verdict) => {
      if (isAwaited) setFound(verdict)
    })
    return () => {
      isAwaited = false
    }
  }, [text, publicKey])

  const verdict = reply?.verdict ?? found
  if (verdict === null) return <p role="status">{say.cards.checking}</p>
  if (verdict === 'genuine') return <Genuine card={reply?.card ?? readCard(text)!} />
  return (
    <div className="trouble" role="alert">
      <Icon name="warning" />
      <div>
        <p>
          <strong>{say.cards[verdict]}</strong>
        </p>
        <p>{say.cards[`${verdict}Text`]}</p>
        {verdict === 'uncheckable' && (
          <>
            <Trouble refusal={refusal} />
            <Button variant="default" size="sm" mt={8} loading={pending} onClick={() => void run({ body: { text } })}>
              {say.cards.askServer}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

function Genuine({ card }: { card: CardFacts }) {
  const { say, day } = useWords()
  return (
    <div className="done" role="status">
      <p className="done-title">
        <Icon name="check" size={22} />
        {say.cards.genuine}
      </p>
      <p>{say.cards.genuineText}</p>
      <Facts
        facts={[
          [say.cards.fullName, card.fullName],
          [say.cards.birthYear, card.birthYear],
          [say.cards.union, card.unionName],
          [say.cards.cardNumber, card.cardNumber],
          [say.cards.issuedOn, day(card.issuedOn)],
        ]}
      />
      <p className="muted">{say.cards.stillMember}</p>
    </div>
  )
}
