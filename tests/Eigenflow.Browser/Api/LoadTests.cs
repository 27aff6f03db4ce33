using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Eigenflow.Explorer;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Api;

/// <summary>Many clients at once: every request is answered, or refused in the stated words; memory stays bounded.</summary>
public sealed class LoadTests
{
    private const int Clients = 200;

    // Of the issue that asked for it; a longer soak by the environment.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable("EIGENFLOW_LOAD_SECONDS"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : 30);

    private static readonly string[] Dimensions = ["100", "1000", "1e6", "1e9"];

    [Fact]
    public async Task TwoHundredClientsAreAnsweredOrRefusedInWords()
    {
        await using var server = ExplorerServer.Create(new ExplorerOptions { Token = ApiSession.Token });
        await server.StartAsync(TestContext.Current.CancellationToken);
        using var client = ApiSession.ClientOf(server, ApiSession.Token);
        var (answers, wrong, times) = (new ConcurrentDictionary<HttpStatusCode, int>(), new ConcurrentQueue<string>(), new ConcurrentQueue<double>());
        var before = Environment.WorkingSet;
        long most = 0;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Duration);
        var watch = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                most = Math.Max(most, Environment.WorkingSet);
                await Task.Delay(100, CancellationToken.None);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(() => Play(number))));
        await watch;
        var sorted = times.Order().ToArray();
        string At(double part) => FormattableString.Invariant($"{sorted[(int)(part * (sorted.Length - 1))]:F0} ms");
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"{Clients} clients, {Duration.TotalSeconds} s: {sorted.Length} answers, {sorted.Length / Duration.TotalSeconds:F0} per second, median {At(0.5)}, p95 {At(0.95)}, p99 {At(0.99)}; {string.Join(", ", answers.Select(pair => $"{(int)pair.Key}: {pair.Value}"))}; memory {before >> 20} MB before, at most {most >> 20} MB"));
        wrong.ShouldBeEmpty();
        answers.GetValueOrDefault(HttpStatusCode.OK).ShouldBeGreaterThan(50);
        (most - before).ShouldBeLessThan(1L << 30);

        // Nothing is left behind.
        for (var trial = 0; trial < 200 && await Busy() > 0; trial++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        (await Busy()).ShouldBe(0);

        async Task Play(int number)
        {
            // Like people: each at its own pace, who now and then leave before the answer is there.
            var random = new System.Random(number);
            while (!end.IsCancellationRequested)
            {
                using var leaving = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                if (random.Next(8) == 0)
                    leaving.CancelAfter(random.Next(1, 60));
                var clock = Stopwatch.StartNew();
                try
                {
                    using var answer = await Ask(random, leaving.Token);
                    var text = await answer.Content.ReadAsStringAsync(leaving.Token);
                    times.Enqueue(clock.Elapsed.TotalMilliseconds);
                    answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
                    if (answer.StatusCode is not HttpStatusCode.OK && !(answer.StatusCode is HttpStatusCode.ServiceUnavailable && text.Contains("The explorer is busy", StringComparison.Ordinal) && answer.Headers.RetryAfter is not null)
                        && !(answer.StatusCode is HttpStatusCode.UnprocessableEntity && text.Contains("This took longer than", StringComparison.Ordinal)))
                        wrong.Enqueue($"{(int)answer.StatusCode}: {text[..Math.Min(300, text.Length)]}");
                    else
                        JsonDocument.Parse(text).Dispose();
                }
                catch (OperationCanceledException) when (leaving.IsCancellationRequested)
                {
                    // It left.
                }
                catch (Exception exception) when (exception is HttpRequestException or JsonException)
                {
                    wrong.Enqueue(exception.ToString());
                }

                await Task.Delay(random.Next(20, 200), CancellationToken.None);
            }
        }

        Task<HttpResponseMessage> Ask(System.Random random, CancellationToken cancellation)
        {
            var exponent = (1.2 + (random.Next(200) / 100.0)).ToString(CultureInfo.InvariantCulture);
            var dimension = Dimensions[random.Next(Dimensions.Length)];
            return random.Next(10) switch
            {
                0 => client.GetAsync("/api/systems", cancellation),
                1 => client.GetAsync($"/api/systems/{SystemCatalog.All[random.Next(SystemCatalog.All.Count)].Id}", cancellation),
                2 => client.PostAsync("/api/systems/phase-retrieval/predict", ApiSession.Json($"{{\"method\":\"flow\",\"setting\":{{\"exponent\":\"{exponent}\",\"dimension\":\"{dimension}\"}}}}"), cancellation),
                _ => client.PostAsync("/api/systems/phase-retrieval/draw", ApiSession.Draw("flow", ("exponent", exponent), ("dimension", dimension)), cancellation),
            };
        }

        async Task<int> Busy()
        {
            using var json = JsonDocument.Parse(await client.GetStringAsync("/api/status", TestContext.Current.CancellationToken));
            return json.RootElement.GetProperty("running").GetInt32() + json.RootElement.GetProperty("waiting").GetInt32();
        }
    }
}
