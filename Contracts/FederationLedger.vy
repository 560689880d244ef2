# pragma version 0.4.3
# pragma evm-version london
# pragma optimize codesize
"""
@title A federation's ledger
@notice The rules of Sources/Ledger over the same entries, byte for byte. What no chain can check at a bearable price
stays with the hospitals, which execute every entry themselves: Ed25519 signatures, dealt shares, names of parties,
whether a key can be sealed to (Documentation/Decisions/0022).
"""

# Codes of refusals: the places of Swift's RefusalCode.allCases.
MALFORMED_ENTRY: constant(uint256) = 0
WRONG_INDEX: constant(uint256) = 1
TIME_RUNS_BACKWARDS: constant(uint256) = 2
NOT_FOUNDED: constant(uint256) = 3
ALREADY_FOUNDED: constant(uint256) = 4
UNKNOWN_AUTHOR: constant(uint256) = 5
WRONG_AUTHOR: constant(uint256) = 6
INVALID_SIGNATURE: constant(uint256) = 7
NO_OPEN_ROUND: constant(uint256) = 8
WRONG_ROUND: constant(uint256) = 9
WRONG_PHASE: constant(uint256) = 10
PAST_DEADLINE: constant(uint256) = 11
TOO_EARLY: constant(uint256) = 12
UNKNOWN_MEMBER: constant(uint256) = 13
TOO_FEW_MEMBERS: constant(uint256) = 14
INVALID_NAME: constant(uint256) = 15
INVALID_PUBLIC_KEY: constant(uint256) = 16
DUPLICATE_KEY: constant(uint256) = 17
THRESHOLD_TOO_SMALL: constant(uint256) = 18
THRESHOLD_UNREACHABLE: constant(uint256) = 19
INVALID_LIMITS: constant(uint256) = 20
RECIPIENT_KEY_GAP: constant(uint256) = 21
RECIPIENT_KEY_EMPTY_BATCH: constant(uint256) = 22
RECIPIENT_KEY_MALFORMED: constant(uint256) = 23
RECIPIENT_KEY_REUSED: constant(uint256) = 24
ROUND_STILL_OPEN: constant(uint256) = 25
WRONG_PARENT: constant(uint256) = 26
DEADLINES_NOT_INCREASING: constant(uint256) = 27
DEADLINES_NOT_AGREED: constant(uint256) = 28
TOO_FEW_RECIPIENT_KEYS: constant(uint256) = 29
ROUNDS_EXHAUSTED: constant(uint256) = 30
WRONG_FEDERATION: constant(uint256) = 31
NO_RECIPIENT_KEY: constant(uint256) = 32
ALREADY_COMMITTED: constant(uint256) = 33
WRONG_BLOCK_COUNT: constant(uint256) = 34
MALFORMED_SHARE_COMMITMENTS: constant(uint256) = 35
MALFORMED_NONCE_DIGEST: constant(uint256) = 36
CIPHERTEXT_REUSED: constant(uint256) = 37
NONCE_REUSED: constant(uint256) = 38
SPEND_INVALID: constant(uint256) = 39
OVER_BUDGET: constant(uint256) = 40
TOO_FEW_COMMITMENTS: constant(uint256) = 41
NOT_A_CANDIDATE: constant(uint256) = 42
ALREADY_REVEALED: constant(uint256) = 43
NONCE_MISMATCH: constant(uint256) = 44
SELF_COMPLAINT: constant(uint256) = 45
ALREADY_COMPLAINED: constant(uint256) = 46
NO_SUCH_COMPLAINT: constant(uint256) = 47
ALREADY_JUSTIFIED: constant(uint256) = 48
SHARE_MISMATCH: constant(uint256) = 49
TOO_MANY_PUBLISHED_SHARES: constant(uint256) = 50
NONCE_ALREADY_KNOWN: constant(uint256) = 51
TOO_FEW_NONCE_SHARES: constant(uint256) = 52
DUPLICATE_NONCE_SHARE: constant(uint256) = 53
NONCE_SHARE_MISMATCH: constant(uint256) = 54
NONCE_MISSING: constant(uint256) = 55
TOO_FEW_REVEALS: constant(uint256) = 56
SECOND_SKETCH: constant(uint256) = 57
INVALID_DEALERS: constant(uint256) = 58
SELF_CONTEST: constant(uint256) = 59
ALREADY_CONTESTED: constant(uint256) = 60
SECOND_VERDICT: constant(uint256) = 61
VERDICT_NOT_PARTITION: constant(uint256) = 62
UNKNOWN_EXCLUSION_REASON: constant(uint256) = 63
INCONSISTENT_DEALER_ACCEPTED: constant(uint256) = 64
TOO_FEW_ACCEPTED: constant(uint256) = 65
VERDICT_POSITION: constant(uint256) = 66
INVALID_VERDICT_SIGNATURE: constant(uint256) = 67
TOO_FEW_VERDICT_SIGNATURES: constant(uint256) = 68
SECOND_SUM: constant(uint256) = 69
MALFORMED_REPORT: constant(uint256) = 70
NOT_A_CHECKER: constant(uint256) = 71
ALREADY_REPORTED: constant(uint256) = 72
ALREADY_VOTED: constant(uint256) = 73
REPORTS_INCOMPLETE: constant(uint256) = 74
CANDIDATE_MISMATCH: constant(uint256) = 75
QUORUM_MISSING: constant(uint256) = 76
ABANDON_AFTER_SUM: constant(uint256) = 77
ABANDON_UNFOUNDED: constant(uint256) = 78
ROLLBACK_BEFORE_SUM: constant(uint256) = 79
ROLLBACK_UNFOUNDED: constant(uint256) = 80
WRONG_ACCUSED: constant(uint256) = 81
# Rules that only a chain has.
CLOCK_DISAGREES: constant(uint256) = 1000
NOT_THE_SEQUENCER: constant(uint256) = 1001
ACCOUNTS_DISAGREE: constant(uint256) = 1002
MALFORMED_APPROVALS: constant(uint256) = 1003

# Phases, as in RoundPhase; a round that ended has phase 8 (published), 9 (rolled back) or 10 (abandoned).
COMMIT: constant(uint256) = 1
REVEAL: constant(uint256) = 2
SKETCH: constant(uint256) = 3
VERDICT: constant(uint256) = 4
SUM: constant(uint256) = 5
REPORT: constant(uint256) = 6
VOTE: constant(uint256) = 7
PUBLISHED: constant(uint256) = 8
ROLLED_BACK: constant(uint256) = 9
ABANDONED: constant(uint256) = 10

# What a nonce opening comes to, as the sequencer and every hospital computed it.
NONCE_OPENED: constant(uint256) = 0
OFF_POLYNOMIAL: constant(uint256) = 1

MOST_MEMBERS: constant(uint256) = 255
MOST_BLOCKS: constant(uint256) = 65536
PAYLOAD_BYTES: constant(uint256) = 32768
# Only an entry that shows a dealt share, or posts many one-time keys, is larger.
LARGE_PAYLOAD_BYTES: constant(uint256) = 262144
APPROVAL_BYTES: constant(uint256) = 65
APPROVALS_BYTES: constant(uint256) = 65 * 256

event Appended:
    index: indexed(uint64)
    timestampMilliseconds: uint64
    author: uint16
    payload: Bytes[PAYLOAD_BYTES]
    signature: Bytes[64]

event AppendedLarge:
    index: indexed(uint64)
    timestampMilliseconds: uint64
    author: uint16
    payload: Bytes[LARGE_PAYLOAD_BYTES]
    signature: Bytes[64]

# Sets of members are words: bit i for member i.
struct Round:
    phase: uint256
    openedAt: uint256
    able: uint256
    committed: uint256
    candidates: uint256
    revealed: uint256
    beacon: bytes32
    sketchIndex: uint256
    inconsistent: uint256
    lastContestIndex: uint256
    accepted: uint256
    confirmedBlocks: uint256
    isRefuted: bool
    voted: uint256
    approving: uint256

struct State:
    federation: bytes32
    recordCount: uint256
    lastTimestampMilliseconds: uint256
    # H(history so far, leaf hash) over all entries: no reader can be shown fewer, or others.
    history: bytes32
    lastPublishedModel: bytes32
    publishedRounds: uint256
    roundNumber: uint256
    # Ended or not.
    latest: Round

# One call: where the payload lies in the calldata, where the approvals, and what the record says.
struct Step:
    payload: uint256
    size: uint256
    kind: uint256
    approvals: uint256
    approvalsSize: uint256
    author: uint256
    index: uint256
    now: uint256
    digest: bytes32

SEQUENCER: public(immutable(address))
# 0: entries are dated by the sequencer's clock alone (simulations).
CLOCK_TOLERANCE_MILLISECONDS: public(immutable(uint256))
# From the opening to each deadline: commit, reveal, sketch, verdict, sum, report, vote.
DEADLINES: immutable(uint256[7])

# 0 for the coordinator, 1 + index for a member.
accounts: public(DynArray[address, 256])
federation: bytes32
recordCount: uint256
lastTimestampMilliseconds: uint256
history: bytes32
roundNumber: uint256
lastPublishedModel: bytes32
publishedRounds: uint256

members: uint256
threshold: uint256
corruptible: uint256
recipientKeyBytes: uint256
blockCount: uint256
epsilonBudgetMicros: uint256
maximumRounds: uint256

latest: Round
nonces: HashMap[uint256, HashMap[uint256, bytes32]]
complaints: HashMap[uint256, HashMap[uint256, uint256]]
justified: HashMap[uint256, HashMap[uint256, uint256]]
publishedShares: HashMap[uint256, HashMap[uint256, uint256]]
contested: HashMap[uint256, HashMap[uint256, uint256]]
reporters: HashMap[uint256, HashMap[uint256, uint256]]
hasMismatch: HashMap[uint256, HashMap[uint256, bool]]
isBlockConfirmed: HashMap[uint256, HashMap[uint256, bool]]
findings: HashMap[bytes32, uint256]
approvals: HashMap[uint256, HashMap[bytes32, uint256]]
spent: HashMap[uint256, uint256]
keysPosted: HashMap[uint256, uint256]
keysUsed: HashMap[uint256, uint256]
seen: HashMap[bytes32, bool]


@deploy
def __init__(
    sequencer: address, accounts: DynArray[address, 256], phaseMilliseconds: uint256[7], clockTolerance: uint256
):
    SEQUENCER = sequencer
    CLOCK_TOLERANCE_MILLISECONDS = clockTolerance
    # What recovers to nobody must be nobody's signature.
    for account: address in accounts:
        self._require(account != empty(address), ACCOUNTS_DISAGREE)
    self.accounts = accounts
    deadlines: uint256[7] = empty(uint256[7])
    total: uint256 = 0
    for i: uint256 in range(7):
        total += phaseMilliseconds[i]
        deadlines[i] = total
    DEADLINES = deadlines


@external
def append(
    index: uint64,
    timestampMilliseconds: uint64,
    author: uint16,
    payload: Bytes[PAYLOAD_BYTES],
    signature: Bytes[64],
    approvals: Bytes[APPROVALS_BYTES],
    nonceOutcome: uint8,
    nonce: bytes32,
):
    """
    @notice Executes the next entry of the ledger, or refuses it with the code of the rule that it breaks.
    @param author 0 for the coordinator, 1 + index for a member
    @param payload the canonical encoding of the entry, as signed
    @param signature the author's Ed25519 signature, which readers check
    @param approvals 65 bytes (r, s, v) each: the author's, and under a verdict those of its signers in their order
    @param nonceOutcome what a nonce opening comes to: 0 opened, 1 off one polynomial, 2 another than committed
    """
    step: Step = self._step(
        convert(index, uint256), convert(timestampMilliseconds, uint256), convert(author, uint256),
        keccak256(payload), keccak256(signature)
    )
    self._apply(step, convert(nonceOutcome, uint256), nonce)
    if step.kind == 1:
        self.federation = sha256(concat(b"\x00\x14cordon/federation/v1", payload))
    leaf: bytes32 = sha256(
        concat(
            b"\x00\x00\x00\x00\x10cordon/record/v1",
            convert(index, bytes8), convert(timestampMilliseconds, bytes8), convert(author, bytes2),
            convert(convert(len(payload), uint32), bytes4), payload,
            convert(convert(len(signature), uint32), bytes4), signature,
        )
    )
    self._finish(step, leaf)
    log Appended(
        index=index, timestampMilliseconds=timestampMilliseconds, author=author, payload=payload, signature=signature
    )


@external
def appendLarge(
    index: uint64,
    timestampMilliseconds: uint64,
    author: uint16,
    payload: Bytes[LARGE_PAYLOAD_BYTES],
    signature: Bytes[64],
    approvals: Bytes[APPROVALS_BYTES],
):
    """
    @notice `append` for one-time keys, a justification or a contest of more bytes.
    """
    step: Step = self._step(
        convert(index, uint256), convert(timestampMilliseconds, uint256), convert(author, uint256),
        keccak256(payload), keccak256(signature)
    )
    self._require(step.kind == 2 or step.kind == 8 or step.kind == 12, MALFORMED_ENTRY)
    self._apply(step, 0, empty(bytes32))
    leaf: bytes32 = sha256(
        concat(
            b"\x00\x00\x00\x00\x10cordon/record/v1",
            convert(index, bytes8), convert(timestampMilliseconds, bytes8), convert(author, bytes2),
            convert(convert(len(payload), uint32), bytes4), payload,
            convert(convert(len(signature), uint32), bytes4), signature,
        )
    )
    self._finish(step, leaf)
    log AppendedLarge(
        index=index, timestampMilliseconds=timestampMilliseconds, author=author, payload=payload, signature=signature
    )


@external
@view
def state() -> State:
    """
    @notice What the rules read, for a reader that executed the same entries to compare.
    """
    return State(
        federation=self.federation,
        recordCount=self.recordCount,
        lastTimestampMilliseconds=self.lastTimestampMilliseconds,
        history=self.history,
        lastPublishedModel=self.lastPublishedModel,
        publishedRounds=self.publishedRounds,
        roundNumber=self.roundNumber,
        latest=self.latest,
    )


@external
@view
def member(index: uint256) -> uint256[3]:
    """
    @notice ε·10⁶ spent, one-time keys posted, one-time keys used up.
    """
    return [self.spent[index], self.keysPosted[index], self.keysUsed[index]]


# Reading the calldata

@internal
@view
def _require(holds: bool, code: uint256):
    if not holds:
        raw_revert(abi_encode(code, method_id=method_id("Refused(uint256)")))


@internal
@view
def _word(at: uint256) -> uint256:
    return convert(slice(msg.data, at, 32), uint256)


@internal
@view
def _integer(at: uint256, size: uint256) -> uint256:
    return self._word(at) >> (256 - 8 * size)


@internal
@view
def _count(at: uint256, end: uint256, limit: uint256) -> uint256:
    # The length before a list or a string, when it lies before `end` and does not exceed `limit`.
    self._require(at + 4 <= end, MALFORMED_ENTRY)
    count: uint256 = self._integer(at, 4)
    self._require(count <= limit, MALFORMED_ENTRY)
    return count


@internal
@view
def _counted(at: uint256, end: uint256, limit: uint256) -> uint256:
    # Where a counted string ends.
    after: uint256 = at + 4 + self._count(at, end, limit)
    self._require(after <= end, MALFORMED_ENTRY)
    return after


@internal
@view
def _member(at: uint256, end: uint256) -> uint256:
    self._require(at + 2 <= end, MALFORMED_ENTRY)
    member: uint256 = self._integer(at, 2)
    self._require(member < MOST_MEMBERS, MALFORMED_ENTRY)
    return member


@internal
@view
def _truth(at: uint256, end: uint256) -> bool:
    self._require(at + 1 <= end, MALFORMED_ENTRY)
    value: uint256 = self._integer(at, 1)
    self._require(value <= 1, MALFORMED_ENTRY)
    return value == 1


@internal
@view
def _memberList(at: uint256, end: uint256) -> (uint256, bool, uint256):
    # The set, whether it ascends, and where the list ends.
    count: uint256 = self._count(at, end, MOST_MEMBERS)
    members: uint256 = 0
    ascends: bool = True
    next: uint256 = at + 4
    for i: uint256 in range(count, bound=MOST_MEMBERS):
        bit: uint256 = 1 << self._member(next, end)
        ascends = ascends and bit > members
        members |= bit
        next += 2
    return members, ascends, next


@internal
@view
def _hash(at: uint256, end: uint256) -> bytes32:
    # Folded by words: a stretch of calldata of any length cannot be hashed at once.
    result: bytes32 = convert(end - at, bytes32)
    place: uint256 = at
    for i: uint256 in range((end - at + 31) // 32, bound=LARGE_PAYLOAD_BYTES):
        size: uint256 = min(end - place, 32)
        word: uint256 = self._integer(place, size)
        result = keccak256(concat(result, convert(word, bytes32)))
        place += 32
    return result


@internal
@pure
def _size(members: uint256) -> uint256:
    count: uint256 = 0
    rest: uint256 = members
    for i: uint256 in range(256):
        if rest == 0:
            break
        rest &= rest - 1
        count += 1
    return count


# Every entry

@internal
@view
def _step(index: uint256, at: uint256, author: uint256, payloadHash: bytes32, signatureHash: bytes32) -> Step:
    payload: uint256 = 4 + self._word(4 + 3 * 32)
    approvals: uint256 = 4 + self._word(4 + 5 * 32)
    return Step(
        payload=payload + 32,
        size=self._word(payload),
        kind=self._integer(payload + 33, 1),
        approvals=approvals + 32,
        approvalsSize=self._word(approvals),
        author=author,
        index=index,
        now=at,
        digest=keccak256(
            abi_encode(keccak256("cordon/entry/v1"), chain.id, self, author, payloadHash, signatureHash)
        ),
    )


@internal
@view
def _approver(step: Step, position: uint256, digest: bytes32) -> address:
    at: uint256 = step.approvals + position * APPROVAL_BYTES
    return ecrecover(digest, self._word(at + 33) & 255, self._word(at), self._word(at + 32))


@internal
@view
def _authenticate(step: Step):
    self._require(self.federation != empty(bytes32), NOT_FOUNDED)
    self._require(step.author <= self.members, UNKNOWN_AUTHOR)
    self._require(self._approver(step, 0, step.digest) == self.accounts[step.author], INVALID_SIGNATURE)


@internal
@view
def _current(step: Step) -> uint256:
    # The open round, of which the entry must speak.
    number: uint256 = self.roundNumber
    self._require(number != 0 and self.latest.phase <= VOTE, NO_OPEN_ROUND)
    at: uint256 = 34 if step.kind == 4 else 2
    self._require(self._integer(step.payload + at, 4) == number, WRONG_ROUND)
    return number


@internal
@view
def _coordinator(step: Step):
    self._require(step.author == 0, WRONG_AUTHOR)


@internal
@view
def _author(step: Step) -> uint256:
    self._require(step.author != 0, WRONG_AUTHOR)
    return step.author - 1


@internal
@view
def _enter(step: Step) -> uint256:
    self._authenticate(step)
    return self._current(step)


@internal
@view
def _in(phase: uint256):
    self._require(self.latest.phase == phase, WRONG_PHASE)


@internal
@view
def _before(step: Step, deadline: uint256):
    self._require(step.now < self.latest.openedAt + deadline, PAST_DEADLINE)


@internal
def _apply(step: Step, nonceOutcome: uint256, nonce: bytes32):
    self._require(msg.sender == SEQUENCER, NOT_THE_SEQUENCER)
    self._require(step.index == self.recordCount, WRONG_INDEX)
    self._require(step.now >= self.lastTimestampMilliseconds, TIME_RUNS_BACKWARDS)
    if CLOCK_TOLERANCE_MILLISECONDS != 0:
        clock: uint256 = block.timestamp * 1000
        self._require(
            step.now <= clock + CLOCK_TOLERANCE_MILLISECONDS and clock <= step.now + CLOCK_TOLERANCE_MILLISECONDS,
            CLOCK_DISAGREES,
        )
    self._require(
        step.approvalsSize >= APPROVAL_BYTES and step.approvalsSize % APPROVAL_BYTES == 0, MALFORMED_APPROVALS
    )
    self._require(step.size >= 6 and self._integer(step.payload, 1) == 1, MALFORMED_ENTRY)
    kind: uint256 = step.kind
    end: uint256 = step.payload + step.size
    if kind == 1:
        self._found(step, end)
    elif kind == 2:
        self._addKeys(step, end)
    elif kind == 3:
        self._open(step)
    elif kind == 4:
        self._commit(step, end)
    elif kind == 5:
        self._close(step)
    elif kind == 6:
        self._reveal(step, end)
    elif kind == 7:
        self._complain(step, end)
    elif kind == 8:
        self._justify(step, end)
    elif kind == 9:
        self._openNonce(step, end, nonceOutcome, nonce)
    elif kind == 10:
        self._drawBeacon(step)
    elif kind == 11:
        self._sketch(step, end)
    elif kind == 12:
        self._contest(step, end)
    elif kind == 13 or kind == 20:
        self._judge(step, end)
    elif kind == 14:
        self._sum(step)
    elif kind == 15:
        self._report(step, end)
    elif kind == 16:
        self._vote(step, end)
    elif kind == 17:
        self._publish(step)
    elif kind == 18:
        self._rollBack(step, end)
    elif kind == 19:
        self._abandon(step)
    else:
        self._require(False, MALFORMED_ENTRY)


@internal
def _finish(step: Step, leaf: bytes32):
    self.recordCount = step.index + 1
    self.lastTimestampMilliseconds = step.now
    self.history = sha256(concat(self.history, leaf))


# Foundation, one-time keys, opening

@internal
def _found(step: Step, end: uint256):
    at: uint256 = self._counted(step.payload + 2, end, 255) + 32
    keys: DynArray[uint256, 256] = []
    start: uint256 = at
    at = self._counted(at, end, 32)
    isKey: bool = at - start == 36
    keys.append(self._word(start + 4))
    count: uint256 = self._count(at, end, MOST_MEMBERS)
    at += 4
    for i: uint256 in range(count, bound=MOST_MEMBERS):
        at = self._counted(at, end, 255)
        start = at
        at = self._counted(at, end, 32)
        isKey = isKey and at - start == 36
        keys.append(self._word(start + 4))
    # t, c (2 bytes each), key length, blocks (4 each), budget (8), δ (1), model (32), rounds (4)
    self._require(at + 57 == end, MALFORMED_ENTRY)
    t: uint256 = self._integer(at, 2)
    c: uint256 = self._integer(at + 2, 2)
    keyBytes: uint256 = self._integer(at + 4, 4)
    blocks: uint256 = self._integer(at + 8, 4)
    budget: uint256 = self._integer(at + 12, 8)
    delta: uint256 = self._integer(at + 20, 1)
    maximumRounds: uint256 = self._integer(at + 53, 4)
    self._require(self.federation == empty(bytes32), ALREADY_FOUNDED)
    self._coordinator(step)
    self._require(count >= 3, TOO_FEW_MEMBERS)
    self._require(isKey, INVALID_PUBLIC_KEY)
    for i: uint256 in range(len(keys), bound=256):
        for j: uint256 in range(i, bound=256):
            self._require(keys[i] != keys[j], DUPLICATE_KEY)
    self._require(2 * t > count + c, THRESHOLD_TOO_SMALL)
    self._require(count >= t + c, THRESHOLD_UNREACHABLE)
    self._require(
        blocks >= 1 and blocks <= MOST_BLOCKS and keyBytes >= 1 and keyBytes <= 8192 and maximumRounds >= 1
        and (budget == 0) == (delta == 0),
        INVALID_LIMITS,
    )
    self._require(len(self.accounts) == count + 1, ACCOUNTS_DISAGREE)
    self._require(self._approver(step, 0, step.digest) == self.accounts[0], INVALID_SIGNATURE)
    self.members = count
    self.threshold = t
    self.corruptible = c
    self.recipientKeyBytes = keyBytes
    self.blockCount = blocks
    self.epsilonBudgetMicros = budget
    self.maximumRounds = maximumRounds
    self.lastPublishedModel = convert(self._word(at + 21), bytes32)


@internal
def _addKeys(step: Step, end: uint256):
    count: uint256 = self._count(step.payload + 6, end, 1024)
    at: uint256 = step.payload + 10
    for i: uint256 in range(count, bound=1024):
        at = self._counted(at, end, 8192)
    self._require(at == end, MALFORMED_ENTRY)
    self._authenticate(step)
    member: uint256 = self._author(step)
    known: uint256 = self.keysPosted[member]
    self._require(self._integer(step.payload + 2, 4) == known, RECIPIENT_KEY_GAP)
    self._require(count != 0, RECIPIENT_KEY_EMPTY_BATCH)
    at = step.payload + 10
    for i: uint256 in range(count, bound=1024):
        start: uint256 = at + 4
        at = start + self._integer(at, 4)
        self._require(at - start == self.recipientKeyBytes, RECIPIENT_KEY_MALFORMED)
        name: bytes32 = self._hash(start, at)
        self._require(not self.seen[name], RECIPIENT_KEY_REUSED)
        self.seen[name] = True
    self.keysPosted[member] = known + count


@internal
def _open(step: Step):
    self._require(step.size == 94, MALFORMED_ENTRY)
    self._authenticate(step)
    self._coordinator(step)
    number: uint256 = self.roundNumber
    self._require(number == 0 or self.latest.phase > VOTE, ROUND_STILL_OPEN)
    number += 1
    self._require(self._integer(step.payload + 2, 4) == number, WRONG_ROUND)
    self._require(number <= self.maximumRounds, ROUNDS_EXHAUSTED)
    self._require(convert(self._word(step.payload + 6), bytes32) == self.lastPublishedModel, WRONG_PARENT)
    last: uint256 = step.now
    areAgreed: bool = True
    for i: uint256 in range(7):
        instant: uint256 = self._integer(step.payload + 38 + 8 * i, 8)
        self._require(instant > last, DEADLINES_NOT_INCREASING)
        last = instant
        areAgreed = areAgreed and instant == step.now + DEADLINES[i]
    self._require(areAgreed, DEADLINES_NOT_AGREED)
    able: uint256 = 0
    for i: uint256 in range(self.members, bound=MOST_MEMBERS):
        if self.keysPosted[i] > self.keysUsed[i]:
            able |= 1 << i
            self.keysUsed[i] += 1
    self._require(self._size(able) >= self.threshold, TOO_FEW_RECIPIENT_KEYS)
    self.roundNumber = number
    self.latest = empty(Round)
    self.latest.phase = COMMIT
    self.latest.openedAt = step.now
    self.latest.able = able


# Commitments

@internal
def _commit(step: Step, end: uint256):
    at: uint256 = step.payload + 74
    count: uint256 = self._count(at, end, MOST_MEMBERS)
    at += 4
    areWhole: bool = True
    for i: uint256 in range(count, bound=MOST_MEMBERS):
        start: uint256 = at
        at = self._counted(at, end, 96)
        areWhole = areWhole and at - start == 100
    nonceAt: uint256 = at + 4
    at = self._counted(at, end, 32)
    self._require(at + 28 == end, MALFORMED_ENTRY)
    self._enter(step)
    member: uint256 = self._author(step)
    bit: uint256 = 1 << member
    self._in(COMMIT)
    self._before(step, DEADLINES[0])
    self._require(self._word(step.payload + 2) == convert(self.federation, uint256), WRONG_FEDERATION)
    self._require(self.latest.able & bit != 0, NO_RECIPIENT_KEY)
    self._require(self.latest.committed & bit == 0, ALREADY_COMMITTED)
    self._require(self._integer(step.payload + 70, 4) == self.blockCount, WRONG_BLOCK_COUNT)
    self._require(areWhole and count == self.members, MALFORMED_SHARE_COMMITMENTS)
    self._require(at - nonceAt == 32, MALFORMED_NONCE_DIGEST)
    after: uint256 = self._integer(at + 20, 8)
    self._checkSpend(member, at, after)
    root: bytes32 = keccak256(abi_encode(member, convert(1, uint256), self._word(step.payload + 38)))
    self._require(not self.seen[root], CIPHERTEXT_REUSED)
    nonce: bytes32 = keccak256(abi_encode(member, convert(2, uint256), self._word(nonceAt)))
    self._require(not self.seen[nonce], NONCE_REUSED)
    self.seen[root] = True
    self.seen[nonce] = True
    self.spent[member] = max(self.spent[member], after)
    self.latest.committed |= bit


@internal
@view
def _checkSpend(member: uint256, at: uint256, after: uint256):
    budget: uint256 = self.epsilonBudgetMicros
    noise: uint256 = self._integer(at, 8)
    rate: uint256 = self._integer(at + 8, 8)
    steps: uint256 = self._integer(at + 16, 4)
    if budget == 0:
        self._require(noise | rate | steps | after == 0, SPEND_INVALID)
    else:
        self._require(
            noise > 0 and rate >= 1 and rate <= 1000000 and steps > 0 and after > self.spent[member], SPEND_INVALID
        )
        self._require(after <= budget, OVER_BUDGET)


@internal
def _close(step: Step):
    self._require(step.size == 6, MALFORMED_ENTRY)
    self._enter(step)
    self._coordinator(step)
    self._in(COMMIT)
    self._before(step, DEADLINES[1])
    committed: uint256 = self.latest.committed
    self._require(
        committed == self.latest.able or step.now >= self.latest.openedAt + DEADLINES[0], TOO_EARLY
    )
    self._require(self._size(committed) >= self.threshold, TOO_FEW_COMMITMENTS)
    self.latest.candidates = committed
    self.latest.phase = REVEAL


# Nonces, complaints, beacon

@internal
def _reveal(step: Step, end: uint256):
    self._require(self._counted(step.payload + 6, end, 64) == end, MALFORMED_ENTRY)
    number: uint256 = self._enter(step)
    member: uint256 = self._author(step)
    bit: uint256 = 1 << member
    self._in(REVEAL)
    self._before(step, DEADLINES[1])
    self._require(self.latest.candidates & bit != 0, NOT_A_CANDIDATE)
    self._require(self.latest.revealed & bit == 0, ALREADY_REVEALED)
    self._require(step.size == 42, NONCE_MISMATCH)
    self.nonces[number][member] = convert(self._word(step.payload + 10), bytes32)
    self.latest.revealed |= bit


@internal
def _complain(step: Step, end: uint256):
    self._require(step.size == 8, MALFORMED_ENTRY)
    dealer: uint256 = self._member(step.payload + 6, end)
    number: uint256 = self._enter(step)
    recipient: uint256 = self._author(step)
    self._in(REVEAL)
    self._before(step, DEADLINES[0] + (DEADLINES[1] - DEADLINES[0]) // 2)
    self._require(self.latest.able & (1 << recipient) != 0, NO_RECIPIENT_KEY)
    self._require(self.latest.candidates & (1 << dealer) != 0, NOT_A_CANDIDATE)
    self._require(dealer != recipient, SELF_COMPLAINT)
    complaints: uint256 = self.complaints[number][dealer]
    self._require(complaints & (1 << recipient) == 0, ALREADY_COMPLAINED)
    complaints |= 1 << recipient
    self.complaints[number][dealer] = complaints
    if self._size(complaints) > self._maximumPublishedShares():
        self.latest.candidates &= ~(1 << dealer)


@internal
def _justify(step: Step, end: uint256):
    recipient: uint256 = self._member(step.payload + 6, end)
    self._require(self._counted(step.payload + 8, end, 1048576) == end, MALFORMED_ENTRY)
    number: uint256 = self._enter(step)
    dealer: uint256 = self._author(step)
    self._in(REVEAL)
    self._before(step, DEADLINES[1])
    self._require(self.latest.candidates & (1 << dealer) != 0, NOT_A_CANDIDATE)
    bit: uint256 = 1 << recipient
    self._require(self.complaints[number][dealer] & bit != 0, NO_SUCH_COMPLAINT)
    self._require(self.justified[number][dealer] & bit == 0, ALREADY_JUSTIFIED)
    self.justified[number][dealer] |= bit
    self.publishedShares[number][dealer] |= bit


@internal
def _openNonce(step: Step, end: uint256, outcome: uint256, nonce: bytes32):
    owner: uint256 = self._member(step.payload + 6, end)
    count: uint256 = self._count(step.payload + 8, end, MOST_MEMBERS)
    at: uint256 = step.payload + 12
    for i: uint256 in range(count, bound=MOST_MEMBERS):
        self._member(at, end)
        at = self._counted(at + 2, end, 1048576)
    self._require(at == end, MALFORMED_ENTRY)
    number: uint256 = self._enter(step)
    self._coordinator(step)
    self._in(REVEAL)
    self._require(step.now >= self.latest.openedAt + DEADLINES[1], TOO_EARLY)
    self._before(step, DEADLINES[2])
    bit: uint256 = 1 << owner
    self._require(self.latest.candidates & bit != 0, NOT_A_CANDIDATE)
    self._require(self.latest.revealed & bit == 0, NONCE_ALREADY_KNOWN)
    self._require(count >= self.threshold, TOO_FEW_NONCE_SHARES)
    helpers: uint256 = 0
    at = step.payload + 12
    for i: uint256 in range(count, bound=MOST_MEMBERS):
        helper: uint256 = self._integer(at, 2)
        self._require(helper < self.members, UNKNOWN_MEMBER)
        self._require(helpers & (1 << helper) == 0, DUPLICATE_NONCE_SHARE)
        helpers |= 1 << helper
        at = at + 6 + self._integer(at + 2, 4)
    if outcome == NONCE_OPENED:
        self.nonces[number][owner] = nonce
        self.latest.revealed |= bit
    else:
        self.latest.candidates &= ~bit


@internal
@view
def _maximumPublishedShares() -> uint256:
    return self.threshold - 1 - self.corruptible


@internal
@view
def _unanswered(number: uint256) -> uint256:
    # Candidates with a complaint that they did not answer.
    pending: uint256 = 0
    candidates: uint256 = self.latest.candidates
    for i: uint256 in range(self.members, bound=MOST_MEMBERS):
        if candidates & (1 << i) != 0 and self.complaints[number][i] & ~self.justified[number][i] != 0:
            pending |= 1 << i
    return pending


@internal
def _drawBeacon(step: Step):
    self._require(step.size == 6, MALFORMED_ENTRY)
    number: uint256 = self._enter(step)
    self._coordinator(step)
    self._in(REVEAL)
    self._before(step, DEADLINES[2])
    candidates: uint256 = self.latest.candidates
    pending: uint256 = self._unanswered(number)
    missing: uint256 = candidates & ~self.latest.revealed
    if step.now < self.latest.openedAt + DEADLINES[1]:
        self._require(pending | missing == 0, TOO_EARLY)
    candidates &= ~pending
    count: uint256 = self._size(candidates)
    self._require(count >= self.threshold, TOO_FEW_REVEALS)
    self._require(candidates & missing == 0, NONCE_MISSING)
    names: Bytes[512] = b""
    nonces: Bytes[9216] = b""
    for i: uint256 in range(self.members, bound=MOST_MEMBERS):
        if candidates & (1 << i) != 0:
            names = abi_decode(abi_encode(concat(names, convert(convert(i, uint16), bytes2))), Bytes[512])
            nonces = abi_decode(
                abi_encode(concat(nonces, b"\x00\x00\x00\x20", self.nonces[number][i])), Bytes[9216]
            )
    self.latest.beacon = sha256(
        concat(
            b"\x00\x10cordon/beacon/v1", self.federation, convert(convert(number, uint32), bytes4),
            convert(convert(count, uint32), bytes4), names, nonces,
        )
    )
    self.latest.candidates = candidates
    self.latest.phase = SKETCH


# Sketch, contests, verdict

@internal
def _sketch(step: Step, end: uint256):
    dealers: uint256 = 0
    ascends: bool = False
    next: uint256 = 0
    dealers, ascends, next = self._memberList(step.payload + 70, end)
    self._require(next == end, MALFORMED_ENTRY)
    self._enter(step)
    self._coordinator(step)
    self._require(self.latest.sketchIndex == 0, SECOND_SKETCH)
    self._in(SKETCH)
    self._before(step, DEADLINES[2])
    self._require(ascends and dealers & ~self.latest.candidates == 0, INVALID_DEALERS)
    self.latest.sketchIndex = step.index
    self.latest.inconsistent = dealers
    self.latest.phase = VERDICT


@internal
def _contest(step: Step, end: uint256):
    helper: uint256 = self._member(step.payload + 6, end)
    self._require(self._counted(step.payload + 40, end, 1048576) == end, MALFORMED_ENTRY)
    number: uint256 = self._enter(step)
    dealer: uint256 = self._author(step)
    self._in(VERDICT)
    self._before(step, DEADLINES[2] + (DEADLINES[3] - DEADLINES[2]) // 2)
    self._require(self.latest.candidates & (1 << dealer) != 0, NOT_A_CANDIDATE)
    self._require(helper < self.members, UNKNOWN_MEMBER)
    self._require(helper != dealer, SELF_CONTEST)
    bit: uint256 = 1 << helper
    self._require(self.contested[number][dealer] & bit == 0, ALREADY_CONTESTED)
    shares: uint256 = self.publishedShares[number][dealer] | bit
    self._require(self._size(shares) <= self._maximumPublishedShares(), TOO_MANY_PUBLISHED_SHARES)
    self.publishedShares[number][dealer] = shares
    self.contested[number][dealer] |= bit
    self.latest.lastContestIndex = step.index


@internal
@view
def _undoubtedlyInconsistent(number: uint256) -> uint256:
    return self.latest.inconsistent if self.latest.lastContestIndex == 0 else 0


@internal
@view
def _minimumAccepted() -> uint256:
    return max(self.members // 2 + 1, self.corruptible + 2)


@internal
def _judge(step: Step, end: uint256):
    accepted: uint256 = 0
    ascends: bool = False
    at: uint256 = 0
    accepted, ascends, at = self._memberList(step.payload + 6, end)
    excluded: uint256 = 0
    areKnown: bool = True
    count: uint256 = self._count(at, end, MOST_MEMBERS)
    at += 4
    for i: uint256 in range(count, bound=MOST_MEMBERS):
        bit: uint256 = 1 << self._member(at, end)
        ascends = ascends and bit > excluded
        excluded |= bit
        reason: uint256 = self._integer(at + 2, 2)
        areKnown = areKnown and ((reason >= 1 and reason <= 17) or reason >= 1000)
        at += 8 + 8 * self._count(at + 4, end, 16)
    positionAt: uint256 = at
    # Where the verdict remembers earlier rounds, the name of what it remembers follows.
    at += 8 if step.kind == 13 else 40
    judgedEnd: uint256 = at
    signers: uint256 = self._count(at, end, MOST_MEMBERS)
    at += 4
    signersAt: uint256 = at
    for i: uint256 in range(signers, bound=MOST_MEMBERS):
        self._member(at, end)
        at = self._counted(at + 2, end, 64)
    self._require(at == end, MALFORMED_ENTRY)
    number: uint256 = self._enter(step)
    self._coordinator(step)
    self._require(self.latest.accepted == 0, SECOND_VERDICT)
    self._in(VERDICT)
    self._before(step, DEADLINES[3])
    candidates: uint256 = self.latest.candidates
    self._require(
        ascends and accepted & excluded == 0 and accepted | excluded == candidates, VERDICT_NOT_PARTITION
    )
    self._require(areKnown, UNKNOWN_EXCLUSION_REASON)
    self._require(self._undoubtedlyInconsistent(number) & accepted == 0, INCONSISTENT_DEALER_ACCEPTED)
    self._require(self._size(accepted) >= self._minimumAccepted(), TOO_FEW_ACCEPTED)
    position: uint256 = self._integer(positionAt, 8)
    lastClaim: uint256 = max(self.latest.sketchIndex, self.latest.lastContestIndex)
    self._require(position > lastClaim and position <= step.index, VERDICT_POSITION)
    digest: bytes32 = keccak256(
        abi_encode(
            keccak256("cordon/verdict/v1"), chain.id, self, number, candidates,
            self._hash(step.payload + 6, judgedEnd),
        )
    )
    self._checkSigners(step, signersAt, signers, digest)
    self._require(signers >= self.threshold, TOO_FEW_VERDICT_SIGNATURES)
    self.latest.accepted = accepted
    self.latest.phase = SUM


@internal
@view
def _checkSigners(step: Step, start: uint256, count: uint256, digest: bytes32):
    at: uint256 = start
    last: uint256 = 0
    for i: uint256 in range(count, bound=MOST_MEMBERS):
        bit: uint256 = 1 << self._integer(at, 2)
        self._require(bit > last, INVALID_VERDICT_SIGNATURE)
        last = bit
        at += 6 + self._integer(at + 2, 4)
    at = start
    for i: uint256 in range(count, bound=MOST_MEMBERS):
        member: uint256 = self._integer(at, 2)
        self._require(member < self.members, UNKNOWN_MEMBER)
        self._require(
            (i + 2) * APPROVAL_BYTES <= step.approvalsSize
            and self._approver(step, i + 1, digest) == self.accounts[member + 1],
            INVALID_VERDICT_SIGNATURE,
        )
        at += 6 + self._integer(at + 2, 4)


# Sum, reports, votes, publication

@internal
def _sum(step: Step):
    self._require(step.size == 102, MALFORMED_ENTRY)
    self._enter(step)
    self._coordinator(step)
    self._require(self.latest.phase < REPORT, SECOND_SUM)
    self._in(SUM)
    self._before(step, DEADLINES[4])
    self.latest.phase = REPORT


@internal
def _report(step: Step, end: uint256):
    count: uint256 = self._count(step.payload + 6, end, MOST_BLOCKS)
    at: uint256 = step.payload + 10 + 4 * count
    agrees: bool = self._truth(at, end)
    digests: uint256 = self._count(at + 1, end, MOST_BLOCKS)
    at += 5
    self._require(at + 32 * digests == end, MALFORMED_ENTRY)
    number: uint256 = self._enter(step)
    member: uint256 = self._author(step)
    phase: uint256 = self.latest.phase
    self._require(phase == REPORT or phase == VOTE, WRONG_PHASE)
    self._before(step, DEADLINES[6])
    isSound: bool = count != 0 and count == digests
    next: uint256 = 0
    for i: uint256 in range(count, bound=MOST_BLOCKS):
        name: uint256 = self._integer(step.payload + 10 + 4 * i, 4)
        isSound = isSound and name >= next and name < self.blockCount
        next = name + 1
    self._require(isSound, MALFORMED_REPORT)
    bit: uint256 = 1 << member
    size: uint256 = self._size(self.latest.accepted)
    rank: uint256 = self._rank(number, member)
    isLate: bool = step.now >= self.latest.openedAt + DEADLINES[5]
    for i: uint256 in range(count, bound=MOST_BLOCKS):
        name: uint256 = self._integer(step.payload + 10 + 4 * i, 4)
        self._require(self.reporters[number][name] & bit == 0, ALREADY_REPORTED)
        place: uint256 = (rank + size - name % size) % size
        isPassedOn: bool = isLate or self.hasMismatch[number][name]
        self._require(rank < size and (isPassedOn or place <= self.corruptible), NOT_A_CHECKER)
        self.reporters[number][name] |= bit
        self._note(number, name, agrees, self._word(at + 32 * i))
    if phase == REPORT and self.latest.confirmedBlocks == self.blockCount:
        self.latest.phase = VOTE


@internal
def _note(number: uint256, name: uint256, agrees: bool, observed: uint256):
    key: bytes32 = keccak256(abi_encode(number, name, agrees, observed))
    count: uint256 = self.findings[key] + 1
    self.findings[key] = count
    if not agrees:
        self.hasMismatch[number][name] = True
    if count > self.corruptible:
        if not agrees:
            self.latest.isRefuted = True
        elif not self.isBlockConfirmed[number][name]:
            self.isBlockConfirmed[number][name] = True
            self.latest.confirmedBlocks += 1


@internal
@view
def _rank(number: uint256, member: uint256) -> uint256:
    # A member's place in the order of checkers before it is rotated; beyond all if it was not accepted.
    accepted: uint256 = self.latest.accepted
    if accepted & (1 << member) == 0:
        return MOST_MEMBERS
    beacon: bytes32 = self.latest.beacon
    own: uint256 = self._checkerKey(beacon, member)
    rank: uint256 = 0
    for i: uint256 in range(self.members, bound=MOST_MEMBERS):
        if accepted & (1 << i) != 0 and self._checkerKey(beacon, i) < own:
            rank += 1
    return rank


@internal
@pure
def _checkerKey(beacon: bytes32, member: uint256) -> uint256:
    return convert(
        sha256(concat(b"\x00\x12cordon/checkers/v1", beacon, convert(convert(member, uint16), bytes2))), uint256
    )


@internal
def _vote(step: Step, end: uint256):
    self._require(step.size == 39, MALFORMED_ENTRY)
    approve: bool = self._truth(step.payload + 38, end)
    number: uint256 = self._enter(step)
    member: uint256 = self._author(step)
    phase: uint256 = self.latest.phase
    self._require(phase != REPORT, REPORTS_INCOMPLETE)
    self._in(VOTE)
    self._before(step, DEADLINES[6])
    bit: uint256 = 1 << member
    self._require(self.latest.voted & bit == 0, ALREADY_VOTED)
    self.latest.voted |= bit
    if approve:
        self.latest.approving |= bit
        self.approvals[number][convert(self._word(step.payload + 6), bytes32)] += 1


@internal
def _publish(step: Step):
    self._require(step.size == 70, MALFORMED_ENTRY)
    number: uint256 = self._enter(step)
    self._coordinator(step)
    phase: uint256 = self.latest.phase
    self._require(phase != REPORT, REPORTS_INCOMPLETE)
    self._in(VOTE)
    # No model was published since the round opened with this parent.
    self._require(convert(self._word(step.payload + 38), bytes32) == self.lastPublishedModel, WRONG_PARENT)
    model: bytes32 = convert(self._word(step.payload + 6), bytes32)
    self._require(self._size(self.latest.approving) >= self.threshold, QUORUM_MISSING)
    self._require(self.approvals[number][model] >= self.threshold, CANDIDATE_MISMATCH)
    self.lastPublishedModel = model
    self.publishedRounds += 1
    self.latest.phase = PUBLISHED


# Endings without a model

@internal
def _rollBack(step: Step, end: uint256):
    reason: uint256 = self._integer(step.payload + 6, 1)
    self._require(reason >= 1 and reason <= 4, MALFORMED_ENTRY)
    accuses: bool = self._truth(step.payload + 7, end)
    accused: uint256 = 0
    if accuses:
        accused = self._integer(step.payload + 8, 2)
        self._require(step.size == 10 and accused <= MOST_MEMBERS, MALFORMED_ENTRY)
    else:
        self._require(step.size == 8, MALFORMED_ENTRY)
    self._enter(step)
    self._require(self.latest.phase >= REPORT, ROLLBACK_BEFORE_SUM)
    isFounded: bool = False
    isSound: bool = not accuses
    if reason == 1:
        isFounded = self.latest.isRefuted
        isSound = accuses and accused == 0
    elif reason == 2:
        isFounded = step.author == 0
        isSound = isSound or (accused != 0 and accused <= self.members)
    elif reason == 3:
        against: uint256 = self._size(self.latest.voted & ~self.latest.approving)
        isFounded = against > self.members - self.threshold
    else:
        isFounded = step.now >= self.latest.openedAt + DEADLINES[6]
    self._require(isFounded, ROLLBACK_UNFOUNDED)
    self._require(isSound, WRONG_ACCUSED)
    self.latest.phase = ROLLED_BACK


@internal
def _abandon(step: Step):
    phase: uint256 = self._integer(step.payload + 6, 1)
    reason: uint256 = self._integer(step.payload + 7, 1)
    self._require(
        step.size == 8 and phase >= 1 and phase <= 7 and reason >= 1 and reason <= 4, MALFORMED_ENTRY
    )
    number: uint256 = self._enter(step)
    self._require(self.latest.phase < REPORT, ABANDON_AFTER_SUM)
    self._in(phase)
    elapsed: uint256 = step.now - self.latest.openedAt
    candidates: uint256 = self._size(self.latest.candidates)
    isFounded: bool = False
    if reason == 1:
        committed: uint256 = self.latest.committed
        isFounded = phase == COMMIT and self._size(committed) < self.threshold and (
            committed == self.latest.able or elapsed >= DEADLINES[0]
        )
    elif reason == 2:
        unanswered: uint256 = 0
        if elapsed >= DEADLINES[1]:
            unanswered = self._size(self._unanswered(number))
        isFounded = phase == REVEAL and candidates < self.threshold + unanswered
    elif reason == 3:
        inconsistent: uint256 = self._size(self._undoubtedlyInconsistent(number))
        isFounded = phase == VERDICT and (
            candidates < self._minimumAccepted() + inconsistent or elapsed >= DEADLINES[3]
        )
    else:
        # commit ends with reveal, reveal and sketch with sketch, verdict and sum with their own.
        isFounded = elapsed >= DEADLINES[1 if phase == COMMIT else (2 if phase <= SKETCH else phase - 1)]
    self._require(isFounded, ABANDON_UNFOUNDED)
    self.latest.phase = ABANDONED
