using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>Claims in the folder of a reproduction: read as they were, or made again.</summary>
public sealed class StoredClaimTests : IDisposable
{
    private static readonly Claim[] Claims =
    [
        Claim.Relative("holds", "x", 1, 1.01, 0.02, "paper", "how", PredictionKind.Asymptotic, 0.005).UpTo(100, "τ", 50).At("d", 10, 20).At("runs", 4).Over("a > 1"),
        Claim.AtMost("fails", "x", 1, double.PositiveInfinity, "paper", "how"),
        Claim.AtLeast("nothing", "x", 1, double.NaN, "paper", "how"),
        Claim.Absolute("outside", "x", 1, 2, 0, "paper", "how") with { Outside = "d < 10" },
        Claim.AtMost("short", "x", 1, 0, "paper", "how").ForAllTimes(5, 1),
        Claim.AtMost("small", "x", 1, 0, "paper", "how").At("d", 1, 1e6),
        Claim.AtMost("wide", "x", 1, 0, "paper", "how", uncertainty: double.NaN) with { Interval = "range of seeds" },
        Claim.AtMost("erratum", "x", 1, 2, "paper", "how").AsErratum("at most 3"),
        Claim.AtMost("few", "x", 1, 0, "paper", "how") with { Lacks = "replicas" },
    ];

    private readonly TemporaryFolder folder = new();
    private readonly ReproductionTask task = new() { Id = "part", Title = "Part", Run = (_, _) => new ReproductionResult { Claims = Claims } };

    private string TaskFile => Path.Combine(folder.Path("out"), "tasks", "part.json");

    [Fact]
    public void AStoredClaimIsTheSameClaim()
    {
        Claims.Select(claim => claim.Verdict).Distinct().Count().ShouldBe(VerdictWords.All.Count);
        var store = new ReproductionStore(folder.Path("out"), new RenderOptions());
        store.Save(task, task.Run(null, default));
        var read = store.Find(task)!.Claims;
        CsvText.Claims(read).ShouldBe(CsvText.Claims(Claims));
        read.Select(claim => ClaimText.Json(claim).ToJsonString()).ShouldBe(Claims.Select(claim => ClaimText.Json(claim).ToJsonString()));
    }

    // What a version before stored: a verdict as a number and the tolerance as a text. With a fingerprint and checksum that agree it is still not taken for a claim of today.
    [Theory]
    [InlineData("""{"Id":"a","Statement":"x","Predicted":1,"Measured":5,"Uncertainty":null,"Tolerance":"within 2 %","Verdict":0,"Kind":0,"Source":"p","Obtained":"h"}""")]
    [InlineData("""{"Id":"a","Statement":"x","Predicted":1,"Measured":5,"Tolerance":"at most","Verdict":1,"Kind":3,"Source":"p","Obtained":"h"}""")]
    public void AClaimOfAnEarlierVersionIsMadeAgain(string earlier)
    {
        var store = new ReproductionStore(folder.Path("out"), new RenderOptions());
        store.Save(task, task.Run(null, default));
        Rewrite(result => result["Claims"] = new JsonArray(JsonNode.Parse(earlier)));
        store.Find(task).ShouldBeNull();
    }

    // The verdict is no part of the file: one that is put in changes nothing.
    [Fact]
    public void AVerdictInTheFileIsNotBelieved()
    {
        var store = new ReproductionStore(folder.Path("out"), new RenderOptions());
        store.Save(task, task.Run(null, default));
        File.ReadAllText(TaskFile).ShouldNotContain("Verdict");
        Rewrite(result => result["Claims"]![1]!["Verdict"] = 0);
        store.Find(task)!.Claims[1].Verdict.ShouldBe(Verdict.Fails);
    }

    public void Dispose() => folder.Dispose();

    private void Rewrite(Action<JsonNode> change)
    {
        var file = JsonNode.Parse(File.ReadAllText(TaskFile))!;
        var result = file["Result"]!.DeepClone();
        change(result);
        var json = result.ToJsonString();
        var sum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"part\n{(string)file["Fingerprint"]!}\n{json}")));
        File.WriteAllText(TaskFile, $$"""{"Fingerprint":{{file["Fingerprint"]!.ToJsonString()}},"Sha256":"{{sum}}","Result":{{json}}}""");
    }
}
