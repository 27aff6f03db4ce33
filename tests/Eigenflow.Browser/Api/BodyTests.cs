using System.Net;
using System.Text.Json;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Api;

/// <summary>Bodies that cannot be meant: each gets one sentence, and none an error of the program.</summary>
public sealed class BodyTests(ApiSession session)
{
    private const string Path = "/api/systems/phase-retrieval/draw";

    public static TheoryData<string, int, string> Odd { get; } = new()
    {
        { "", 400, "body" },
        { "{", 400, "no JSON" },
        { "{\"runs\":[", 400, "no JSON" },
        { "nonsense", 400, "no JSON" },
        { "null", 400, "body" },
        { "[]", 400, "does not fit" },
        { "3", 400, "does not fit" },
        { "\"text\"", 400, "does not fit" },
        { "{}", 422, "at least one run" },
        { "{\"runs\":null}", 400, "does not fit" },
        { "{\"runs\":[]}", 422, "at least one run" },
        { "{\"runs\":{}}", 400, "does not fit" },
        { "{\"runs\":[null]}", 422, "run" },
        { "{\"runs\":[3]}", 400, "does not fit" },
        { "{\"runs\":[{}]}", 422, "method" },
        { "{\"runs\":[{\"method\":3,\"setting\":{}}]}", 400, "does not fit" },
        { "{\"runs\":[{\"method\":\"flow\"}]}", 422, "setting" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":[]}]}", 400, "does not fit" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":2.5}}]}", 400, "texts" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":{\"a\":1}}}]}", 400, "does not fit" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":null}}]}", 422, "exponent" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{}}],\"more\":1}", 400, "not known" },
        { "{\"runs\":[],\"runs\":[]}", 400, "twice" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":\"2\",\"exponent\":\"3\"}}]}", 400, "twice" },
        { "{\"runs\":[{\"method\":\"flwo\",\"setting\":{}}]}", 422, "flow" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"expnent\":\"2\"}}]}", 422, "exponent" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":\"\"}}]}", 422, "exponent" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":\"two\"}}]}", 422, "exponent" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":\"nan\"}}]}", 422, "exponent" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":\"infinity\"}}]}", 422, "exponent" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":\"1e308\"}}]}", 422, "exponent" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":\"1e99999\"}}]}", 422, "exponent" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":\"-1\"}}]}", 422, "exponent" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"dimension\":\"1e308\"}}]}", 422, "dimension" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"dimension\":\"0\"}}]}", 422, "dimension" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"dimension\":\"1e12\",\"modes\":\"full\"}}]}", 422, "memory" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"points\":\"1e9\"}}]}", 422, "points" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"points\":\"1e6\"}}]}", 422, "points" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"\\u0000\":\"\\u0000\"}}]}", 422, "allowed" },
        { "{\"runs\":[{\"method\":\"flow\",\"setting\":{\"__proto__\":\"x\"}}]}", 422, "__proto__" },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task OddBodiesGetOneSentence(string body, int status, string word)
    {
        using var answer = await session.Client.PostAsync(Path, ApiSession.Json(body), TestContext.Current.CancellationToken);
        var sentence = await ApiSession.Error(answer);
        ((int)answer.StatusCode).ShouldBe(status, sentence);
        sentence.ShouldContain(word, Case.Insensitive);
        sentence.ShouldNotContain("Eigenflow.Explorer");
        sentence.ShouldNotContain("Exception");
    }

    [Theory]
    [InlineData("{\"runs\":[null]}", "run")]
    [InlineData("{\"runs\":[],\"kept\":[null]}", "run")]
    [InlineData("{\"runs\":[{\"method\":\"flow\",\"setting\":{\"exponent\":null}}]}", "exponent")]
    public async Task OddExportsGetOneSentence(string body, string word)
    {
        using var answer = await session.Client.PostAsync("/api/systems/phase-retrieval/export/json", ApiSession.Json(body), TestContext.Current.CancellationToken);
        var sentence = await ApiSession.Error(answer);
        ((int)answer.StatusCode).ShouldBe(422, sentence);
        sentence.ShouldContain(word, Case.Insensitive);
    }

    [Fact]
    public async Task DeepAndLongBodiesAreRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 30_000));
        using var first = await session.Client.PostAsync(Path, ApiSession.Json("{\"runs\":" + deep), TestContext.Current.CancellationToken);
        first.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var second = await session.Client.PostAsync(Path, ApiSession.Json(new string(' ', 70_000) + "{}"), TestContext.Current.CancellationToken);
        second.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await ApiSession.Error(second)).ShouldContain("64 kB");

        // Without a length at its beginning.
        using var third = new HttpRequestMessage(HttpMethod.Post, Path) { Content = ApiSession.Json(new string(' ', 70_000) + "{}") };
        third.Headers.TransferEncodingChunked = true;
        try
        {
            using var answer = await session.Client.SendAsync(third, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            (await ApiSession.Error(answer)).ShouldContain("64 kB");
        }
        catch (HttpRequestException)
        {
            // The connection was closed while the rest was on its way.
        }
    }

    [Fact]
    public async Task TooManyRunsAreRefused()
    {
        var runs = string.Join(',', Enumerable.Range(0, 200).Select(index => $"{{\"method\":\"flow\",\"setting\":{{\"exponent\":\"{1 + index}\"}}}}"));
        using var answer = await session.Client.PostAsync(Path, ApiSession.Json($"{{\"runs\":[{runs}]}}"), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ApiSession.Error(answer)).ShouldContain("200 curves");
    }

    [Fact]
    public async Task AWrongValueNamesItsParameterInTheWordsOfTheEngine()
    {
        using var answer = await session.Client.PostAsync(Path, ApiSession.Draw("flow", ("exponent", "many")), TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("parameter").GetString().ShouldBe("exponent");
        json.RootElement.GetProperty("error").GetString().ShouldBe("exponent = many is not allowed: it must be a number >= 0 and <= 1000.");
    }

    [Theory]
    [InlineData("GET", "/api/systems/phase-retrievl", "phase-retrieval")]
    [InlineData("POST", "/api/systems/phase-retrievl/draw", "phase-retrieval")]
    public async Task AWrongSystemIsToldWithTheRightOnes(string method, string path, string word)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = ApiSession.Draw("flow");
        using var answer = await session.Client.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(422);
        (await ApiSession.Error(answer)).ShouldContain(word);
    }

    [Theory]
    [InlineData("modes.csv", 200)]
    [InlineData("./modes.csv", 200)]
    [InlineData("below/modes.csv", 200)]
    [InlineData("link-inside.csv", 200)]
    [InlineData("link-outside.csv", 403)]
    [InlineData("link-chain.csv", 403)]
    [InlineData("link-circle.csv", 403)]
    [InlineData("folder-outside/modes.csv", 403)]
    [InlineData("../inside-too/modes.csv", 403)]
    [InlineData("below/../../inside-too/modes.csv", 403)]
    [InlineData("below/../modes.csv", 403)]
    [InlineData("/etc/passwd", 403)]
    [InlineData("//etc/passwd", 403)]
    [InlineData("/dev/zero", 403)]
    [InlineData("/proc/self/environ", 403)]
    [InlineData("C:\\windows\\win.ini", 403)]
    [InlineData("C:modes.csv", 403)]
    [InlineData("\\\\server\\share", 403)]
    [InlineData("~/modes.csv", 403)]
    [InlineData("modes.csv\u0000.npy", 403)]
    [InlineData("modes\n.csv", 403)]
    [InlineData("nothing.csv", 422)]
    [InlineData("below", 422)]
    [InlineData("outside.npz:../../x", 403)]
    public async Task FilesAreReadBelowTheFolderAlone(string file, int status)
    {
        using var answer = await session.Client.PostAsync(Path, ApiSession.Draw("flow", ("spectrum", "file:" + file)), TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static TheoryData<string> Systems { get; } = [.. SystemCatalog.All.Select(system => system.Id)];

    // Whatever parameter of whatever method names a file.
    [Theory]
    [MemberData(nameof(Systems))]
    public async Task NoSettingReadsAFileOutside(string id)
    {
        var system = SystemCatalog.Find(id);
        foreach (var parameter in system.Parameters.Where(parameter => parameter.Forms.Any(form => form.Pattern.StartsWith("file:", StringComparison.Ordinal))))
        {
            foreach (var method in system.Methods.Where(method => system.IsRead(method, parameter.Name)))
            {
                using var answer = await session.Client.PostAsync($"/api/systems/{id}/draw", ApiSession.Draw(method.Name, (parameter.Name, "file:/etc/passwd")), TestContext.Current.CancellationToken);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                answer.IsSuccessStatusCode.ShouldBeFalse($"{method.Name} {parameter.Name}: {text[..Math.Min(500, text.Length)]}");

                // Refused, or not looked at as something else is missing; never read.
                (answer.StatusCode is HttpStatusCode.Forbidden || !text.Contains("passwd:", StringComparison.Ordinal)).ShouldBeTrue($"{method.Name} {parameter.Name}: {text}");
                text.ShouldNotContain("root:");
            }
        }
    }
}
