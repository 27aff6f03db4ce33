namespace Eigenflow.EndToEnd;

public sealed class CheckpointTests : TemporaryFolder
{
    [Theory]
    [InlineData("double")]
    [InlineData("float")]
    public async Task AKilledRunContinuesToTheSameBytes(string precision)
    {
        var request = $"run phase-retrieval --method sgd --dimension 2000 --steps 200000 --replicas 2 --noise 0.05 --points 50 --precision {precision} --checkpoint-seconds 0.3 --out ";
        using (var command = CommandProcess.Start(Folder, (request + "killed").Split(' ')))
        {
            var states = Path.Combine(Folder, "killed", "checkpoints");
            while (!Directory.Exists(states) || Directory.GetFiles(states, "*.bin", SearchOption.AllDirectories).Length < 2)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            command.Kill();
            (await command.Finish()).ExitCode.ShouldNotBe(0);
        }

        File.Exists(Path.Combine(Folder, "killed", "runs.json")).ShouldBeFalse("it was killed too late to test anything");
        var second = await CommandProcess.Run(Folder, request + "killed");
        second.ExitCode.ShouldBe(0);
        second.Error.ShouldContain("continued");
        (await CommandProcess.Run(Folder, request + "whole")).Error.ShouldNotContain("continued");
        foreach (var name in new[] { "runs.json", "runs.csv", "trajectory.png" })
            File.ReadAllBytes(Path.Combine(Folder, "killed", name)).ShouldBe(File.ReadAllBytes(Path.Combine(Folder, "whole", name)));
        Directory.GetDirectories(Path.Combine(Folder, "killed")).ShouldBeEmpty();
    }
}
