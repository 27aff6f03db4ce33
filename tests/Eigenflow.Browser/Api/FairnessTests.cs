using System.Net;
using Eigenflow.Explorer;
using Eigenflow.Explorer.Hosting;

namespace Eigenflow.Browser.Api;

/// <summary>One that asks for much does not shut others out.</summary>
public sealed class FairnessTests
{
    [Fact]
    public async Task PlacesGoToClientsInTurn()
    {
        var turns = new FairTurns(1, 0, 100, "requests");
        var first = await turns.Enter("greedy", TestContext.Current.CancellationToken);
        var order = new List<string>();
        Task[] all = [.. ((string[])["greedy 1", "greedy 2", "greedy 3", "modest 1", "modest 2", "third 1"]).Select(Ask)];
        turns.Waiting.ShouldBe(6);
        first.Dispose();
        await Task.WhenAll(all);
        order.ShouldBe(["modest 1", "third 1", "greedy 1", "modest 2", "greedy 2", "greedy 3"]);
        turns.Waiting.ShouldBe(0);

        async Task Ask(string name)
        {
            using var turn = await turns.Enter(name.Split(' ')[0], TestContext.Current.CancellationToken);
            order.Add(name);
        }
    }

    [Fact]
    public async Task WhoHasNothingTakesTheSparePlace()
    {
        var turns = new FairTurns(2, 1, 100, "requests");
        using var one = await turns.Enter("greedy", TestContext.Current.CancellationToken);
        using var two = await turns.Enter("greedy", TestContext.Current.CancellationToken);
        var three = turns.Enter("greedy", TestContext.Current.CancellationToken);
        three.IsCompleted.ShouldBeFalse();
        using var other = await turns.Enter("modest", TestContext.Current.CancellationToken);
        var late = turns.Enter("late", TestContext.Current.CancellationToken);
        late.IsCompleted.ShouldBeFalse("the places are bounded");
        one.Dispose();
        late.IsCompleted.ShouldBeFalse("three are still taken, of which the spare one is given back first");
        two.Dispose();
        (await late).Dispose();
        (await three).Dispose();
    }

    [Fact]
    public async Task WhenTooMuchWaitsTheNewestOfTheGreediestIsRefused()
    {
        var turns = new FairTurns(1, 0, 3, "requests");
        using var place = await turns.Enter("greedy", TestContext.Current.CancellationToken);
        Task<IDisposable>[] waiting = [.. Enumerable.Range(0, 3).Select(_ => turns.Enter("greedy", TestContext.Current.CancellationToken))];
        var other = turns.Enter("modest", TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<ExplorerException>(waiting[2])).Status.ShouldBe(503);
        other.IsCompleted.ShouldBeFalse();
        (await Should.ThrowAsync<ExplorerException>(turns.Enter("greedy", TestContext.Current.CancellationToken))).Message.ShouldBe("The explorer is busy: 3 requests are waiting; try again in a moment.");
        turns.Waiting.ShouldBe(3);
        place.Dispose();
        await Task.WhenAll(((Task<IDisposable>[])[other, .. waiting[..2]]).Select(async one => (await one).Dispose()));
    }

    [Fact]
    public async Task WhoLeavesWaitsNoLonger()
    {
        var turns = new FairTurns(1, 0, 3, "requests");
        using var leaving = new CancellationTokenSource();
        var place = await turns.Enter("one", TestContext.Current.CancellationToken);
        var waiting = turns.Enter("two", leaving.Token);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        turns.Waiting.ShouldBe(0);
        place.Dispose();
        (await turns.Enter("two", TestContext.Current.CancellationToken)).Dispose();
    }

    // A page floods with work without end; another is answered meanwhile.
    [Fact]
    public async Task AFloodOfOnePageDoesNotKeepAnotherWaiting()
    {
        await using var server = ExplorerServer.Create(new ExplorerOptions { Token = ApiSession.Token, MostWaiting = 20 });
        await server.StartAsync(TestContext.Current.CancellationToken);
        using var greedy = ApiSession.ClientOf(server, ApiSession.Token);
        using var modest = ApiSession.ClientOf(server, ApiSession.Token);
        greedy.DefaultRequestHeaders.Add(PageClient.Header, "greedy");
        modest.DefaultRequestHeaders.Add(PageClient.Header, "modest");
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<HttpResponseMessage>[] flood = [.. Enumerable.Range(0, 40).Select(seed => greedy.PostAsync("/api/systems/phase-retrieval/draw", ApiSession.Draw("sgd", ("dimension", "1000"), ("steps", "1e9"), ("seed", FormattableString.Invariant($"{seed}"))), leaving.Token))];
        (await await Task.WhenAny(flood)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        for (var k = 0; k < 5; k++)
        {
            using var answer = await modest.PostAsync("/api/systems/phase-retrieval/draw", ApiSession.Draw("flow", ("exponent", FormattableString.Invariant($"1.{k + 3}"))), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        flood.Count(one => one.IsCompletedSuccessfully && one.Result.StatusCode is HttpStatusCode.OK).ShouldBe(0, "the flood is still waiting or working");
        await leaving.CancelAsync();
        await Task.WhenAll(flood.Select(async one =>
        {
            try
            {
                (await one).Dispose();
            }
            catch (OperationCanceledException)
            {
                // It left.
            }
        }));
    }
}
