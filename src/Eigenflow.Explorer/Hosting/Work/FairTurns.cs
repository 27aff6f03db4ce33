namespace Eigenflow.Explorer.Hosting;

/// <summary>
/// Places for work that clients get in turn: the next one goes to a client that has the fewest, of these to the one that was not served for the longest time. When too much waits, the newest of the client that
/// has most waiting is refused, so that one that asks for much does not shut others out.
/// </summary>
/// <param name="places">Pieces of work at a time.</param>
/// <param name="spare">More than these, for clients that have none: nobody waits for the long work of another alone.</param>
/// <param name="mostWaiting">Most that wait, of all clients together.</param>
/// <param name="kind">What waits, in the plural.</param>
internal sealed class FairTurns(int places, int spare, int mostWaiting, string kind)
{
    private readonly Lock gate = new();

    // Clients that wait or have places, in the order in which they came.
    private readonly List<Client> clients = [];
    private long served;
    private int taken;
    private int waiting;

    /// <summary>How much waits.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting;
        }
    }

    /// <summary>Waits for a place; it is given back when the result is disposed of.</summary>
    /// <param name="name">The client.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="ExplorerException">Too much is waiting.</exception>
    public async Task<IDisposable> Enter(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Turn turn;
        lock (gate)
        {
            var client = clients.Find(one => string.Equals(one.Name, name, StringComparison.Ordinal));
            if (client is null)
                clients.Add(client = new Client(name));
            turn = new Turn(this, client);
            client.Waiting.AddLast(turn);
            waiting++;
            Serve();
            if (waiting > mostWaiting)
                Refuse();
        }

        await using var ending = cancellation.UnsafeRegister(static state => ((Turn)state!).Cancel(), turn);
        await turn.Place;
        return turn;
    }

    // Under the gate.
    private void Serve()
    {
        while (clients.Where(client => client.Waiting.Count > 0).MinBy(client => (client.Taken, client.Served)) is { } next && (taken < places || (next.Taken == 0 && taken < places + spare)))
        {
            var turn = next.Waiting.First!.Value;
            next.Waiting.RemoveFirst();
            waiting--;
            next.Taken++;
            taken++;
            next.Served = ++served;
            turn.Begin();
        }
    }

    private void Refuse()
    {
        var greediest = clients.MaxBy(client => client.Waiting.Count)!;
        var turn = greediest.Waiting.Last!.Value;
        Drop(turn);
        turn.Fail(new ExplorerException(FormattableString.Invariant($"The explorer is busy: {mostWaiting} {kind} are waiting; try again in a moment.")) { Status = 503, RetryAfter = TimeSpan.FromSeconds(1) });
    }

    private bool Drop(Turn turn)
    {
        if (!turn.Client.Waiting.Remove(turn))
            return false;
        waiting--;
        Forget(turn.Client);
        return true;
    }

    private void Leave(Turn turn)
    {
        lock (gate)
        {
            turn.Client.Taken--;
            taken--;
            Forget(turn.Client);
            Serve();
        }
    }

    private void Forget(Client client)
    {
        if (client.Waiting.Count == 0 && client.Taken == 0)
            clients.Remove(client);
    }

    private sealed record Client(string Name)
    {
        public LinkedList<Turn> Waiting { get; } = [];

        public int Taken { get; set; }

        /// <summary>When it was served last; 0 for never.</summary>
        public long Served { get; set; }
    }

    private sealed class Turn(FairTurns turns, Client client) : IDisposable
    {
        private readonly TaskCompletionSource place = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int isLeft;

        public Client Client => client;

        public Task Place => place.Task;

        public void Begin() => place.TrySetResult();

        public void Fail(Exception exception) => place.TrySetException(exception);

        // Where it has its place already it goes on.
        public void Cancel()
        {
            lock (turns.gate)
            {
                if (turns.Drop(this))
                    place.TrySetCanceled();
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 0)
                turns.Leave(this);
        }
    }
}
