using System.Net;
using System.Text.Json;
using Eigenflow.Explorer;
using Eigenflow.Explorer.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Eigenflow.Browser.Api;

/// <summary>Work that takes too long or too much is refused in words, and work that nobody waits for ends.</summary>
public sealed class BudgetTests(ApiSession session)
{
    private static readonly (string, string)[] Endless = [("dimension", "1000"), ("steps", "1e9")];

    [Fact]
    public async Task WorkEndsWhenTheClientGoesAway()
    {
        await using var server = await Start(new ExplorerOptions { Token = ApiSession.Token });
        using var client = ApiSession.ClientOf(server, ApiSession.Token);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var drawing = client.PostAsync("/api/systems/phase-retrieval/draw", ApiSession.Draw("sgd", Endless), leaving.Token);
        await Until(async () => (await Status(client)).Running == 1);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(drawing);
        await Until(async () => await Status(client) is (0, 0));
    }

    [Fact]
    public async Task StreamsEndWhenTheClientGoesAway()
    {
        await using var server = await Start(new ExplorerOptions { Token = ApiSession.Token });
        using var client = ApiSession.ClientOf(server, ApiSession.Token);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/systems/phase-retrieval/runs") { Content = ApiSession.Json("""{"method":"sgd","setting":{"dimension":"1000","steps":"1e9"}}""") };
        using (var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token))
        {
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(leaving.Token));
            (await reader.ReadLineAsync(leaving.Token)).ShouldBe("event: progress");
            (await Status(client)).Running.ShouldBe(1);
        }

        await Until(async () => await Status(client) is (0, 0));
    }

    [Fact]
    public async Task WorkThatTakesTooLongIsRefused()
    {
        await using var server = await Start(new ExplorerOptions { Token = ApiSession.Token, AnswerTime = TimeSpan.FromMilliseconds(300), RunTime = TimeSpan.FromMilliseconds(300) });
        using var client = ApiSession.ClientOf(server, ApiSession.Token);
        using var answer = await client.PostAsync("/api/systems/phase-retrieval/draw", ApiSession.Draw("sgd", Endless), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ApiSession.Error(answer)).ShouldStartWith("This took longer than 0.3 s");
        var events = await (await client.PostAsync("/api/systems/phase-retrieval/runs", ApiSession.Json("""{"method":"sgd","setting":{"dimension":"1000","steps":"1e9"}}"""), TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        events.ShouldContain("event: error");
        events.ShouldContain("This took longer than 0.3 s");
    }

    // A million rows of an endless run: they are refused by their number, not by the time that they take.
    [Fact]
    public async Task MoreRowsThanAnyFigureShowsAreRefusedBeforeTheyAreSolved()
    {
        foreach (var (path, method) in (IEnumerable<(string, string)>)[("draw", "sgd"), ("draw", "flow"), ("predict", "flow"), ("runs", "sgd")])
        {
            (string, string)[] setting = method == "sgd" ? [.. Endless, ("points", "1e6")] : [("dimension", "1e9"), ("points", "1e6")];
            var typed = string.Join(',', setting.Select(pair => $"\"{pair.Item1}\":\"{pair.Item2}\""));
            using var body = path == "draw" ? ApiSession.Draw(method, setting) : ApiSession.Json("{\"method\":\"" + method + "\",\"setting\":{" + typed + "}}");
            using var answer = await session.Client.PostAsync($"/api/systems/phase-retrieval/{path}", body, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await ApiSession.Error(answer)).ShouldBe("points = 1000000 is not allowed: it must be at most 50000 in the explorer; the command line takes any number.");
        }
    }

    // Dense algebra is left in its middle: the place in the queue is free again.
    [Fact]
    public async Task DenseWorkEndsWhenTheClientGoesAway()
    {
        await using var server = await Start(new ExplorerOptions { Token = ApiSession.Token });
        using var client = ApiSession.ClientOf(server, ApiSession.Token);
        foreach (var (system, method, setting) in (IEnumerable<(string, string, (string, string)[])>)[("multiscale-double-descent", "finite", [("dimension", "800")]), ("functional-scaling-law", "exact", [("projection", "random"), ("features", "1200"), ("model-size", "900")])])
        {
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var drawing = client.PostAsync($"/api/systems/{system}/draw", ApiSession.Draw(method, setting), leaving.Token);
            await Until(async () => (await Status(client)).Running == 1);
            await Task.Delay(300, TestContext.Current.CancellationToken);
            await leaving.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(drawing);
            await Until(async () => await Status(client) is (0, 0));
        }
    }

    [Fact]
    public async Task WhatWaitsIsBounded()
    {
        await using var server = await Start(new ExplorerOptions { Token = ApiSession.Token, AnswerTime = TimeSpan.FromSeconds(2), MostWaiting = 1 });
        using var client = ApiSession.ClientOf(server, ApiSession.Token);
        var places = Math.Max(2, Environment.ProcessorCount);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var requests = Enumerable.Range(0, places + 4).Select(seed => client.PostAsync("/api/systems/phase-retrieval/draw", ApiSession.Draw("sgd", [.. Endless, ("seed", FormattableString.Invariant($"{seed}"))]), leaving.Token)).ToList();
        var refused = 0;
        while (refused < 3)
        {
            var done = await Task.WhenAny(requests);
            requests.Remove(done);
            using var answer = await done;
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter!.Delta!.Value.ShouldBe(TimeSpan.FromSeconds(1));
            (await ApiSession.Error(answer)).ShouldBe("The explorer is busy: 1 requests are waiting; try again in a moment.");
            refused++;
        }

        await leaving.CancelAsync();
        foreach (var request in requests)
            await Should.ThrowAsync<OperationCanceledException>(request);
    }

    [Fact]
    public async Task WithoutMemoryWorkIsRefused()
    {
        await using var server = await Start(new ExplorerOptions { Token = ApiSession.Token, Memory = 1 << 20 });
        using var client = ApiSession.ClientOf(server, ApiSession.Token);
        using var answer = await client.PostAsync("/api/systems/phase-retrieval/draw", ApiSession.Draw("flow"), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ApiSession.Error(answer)).ShouldContain("--memory");
        using var tables = await client.GetAsync("/api/systems", TestContext.Current.CancellationToken);
        tables.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    // The newest of two ends when both together take too much; the older one goes on.
    [Fact]
    public async Task WorkThatTakesTooMuchMemoryEndsTheNewestFirst()
    {
        // What other tests have left is given back first: the budget would find room there.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var budget = new WorkBudget(new ExplorerOptions { Token = ApiSession.Token, Memory = Environment.WorkingSet + (64L << 20) });
        using var older = budget.Begin(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        using var newer = budget.Begin(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var taken = new byte[1 << 28];
        Array.Fill(taken, (byte)1);
        await Until(() => Task.FromResult(newer.Token.IsCancellationRequested));
        GC.KeepAlive(taken);
        newer.Reason!.Message.ShouldContain("start it with more: eigenflow explore --memory");
        newer.Reason.Status.ShouldBe(503);
    }

    [Fact]
    public async Task ATokenForTheBrowserIsGoodOnce()
    {
        await using var server = await Start(new ExplorerOptions { Token = ApiSession.Token, OpeningToken = "0000111122223333" });
        using var client = ApiSession.ClientOf(server, "none");
        client.DefaultRequestHeaders.Authorization = null;
        using var first = await client.GetAsync("/?token=0000111122223333", TestContext.Current.CancellationToken);
        first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        first.Headers.GetValues("Set-Cookie").Single().ShouldContain(ApiSession.Token);
        using var second = await client.GetAsync("/?token=0000111122223333", TestContext.Current.CancellationToken);
        second.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task WithoutAFolderNoFileIsRead()
    {
        await using var server = await Start(new ExplorerOptions { Token = ApiSession.Token });
        using var client = ApiSession.ClientOf(server, ApiSession.Token);
        foreach (var file in (string[])["modes.csv", "/etc/passwd", Path.Combine(session.Folder, "modes.csv")])
        {
            using var answer = await client.PostAsync("/api/systems/phase-retrieval/draw", ApiSession.Draw("flow", ("spectrum", "file:" + file)), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await ApiSession.Error(answer)).ShouldContain("--folder");
        }
    }

    // What is drawn is the state of the file now.
    [Fact]
    public async Task AChangedFileIsReadAgain()
    {
        var path = Path.Combine(session.Folder, "changing.csv");
        await File.WriteAllTextAsync(path, "1\n0.5\n0.25\n", TestContext.Current.CancellationToken);
        (await Dimension()).ShouldBe("3");
        await File.WriteAllTextAsync(path, "1\n0.5\n0.25\n0.1\n", TestContext.Current.CancellationToken);
        (await Dimension()).ShouldBe("4");

        async Task<string?> Dimension()
        {
            using var answer = await session.Client.PostAsync("/api/systems/phase-retrieval/draw", ApiSession.Draw("flow", ("spectrum", "file:changing.csv")), TestContext.Current.CancellationToken);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return json.RootElement.GetProperty("runs")[0].GetProperty("setting").GetProperty("dimension").GetString();
        }
    }

    // A head that does not come, headers without end, a body that stands still: none holds a connection for long.
    [Fact]
    public async Task SlowAndEndlessHeadsAreCutOff()
    {
        var slow = session.Raw($"GET / HTTP/1.1\r\nHost: {session.Address.Authority}\r\nX: ");
        var many = await session.Raw($"GET / HTTP/1.1\r\nHost: {session.Address.Authority}\r\n{string.Concat(Enumerable.Range(0, 100).Select(index => $"X{index}: y\r\n"))}\r\n");
        many.ShouldStartWith("HTTP/1.1 431 ");
        var large = await session.Raw($"GET / HTTP/1.1\r\nHost: {session.Address.Authority}\r\nX: {new string('y', 30_000)}\r\n\r\n");
        large.ShouldStartWith("HTTP/1.1 431 ");
        var line = await session.Raw($"GET /{new string('y', 10_000)} HTTP/1.1\r\nHost: {session.Address.Authority}\r\n\r\n");
        line.ShouldStartWith("HTTP/1.1 414 ");
        (await session.Raw("\0\0\0\0garbage\r\n\r\n")).ShouldStartWith("HTTP/1.1 400 ");
        (await slow).ShouldStartWith("HTTP/1.1 408 ");
    }

    private static async Task<WebApplication> Start(ExplorerOptions options)
    {
        var server = ExplorerServer.Create(options);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var trial = 0; trial < 200 && !await condition(); trial++)
            await Task.Delay(25, TestContext.Current.CancellationToken);
        (await condition()).ShouldBeTrue();
    }

    private static async Task<(int Running, int Waiting)> Status(HttpClient client)
    {
        using var json = JsonDocument.Parse(await client.GetStringAsync("/api/status", TestContext.Current.CancellationToken));
        return (json.RootElement.GetProperty("running").GetInt32(), json.RootElement.GetProperty("waiting").GetInt32());
    }
}
