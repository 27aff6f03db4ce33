namespace Eigenflow.EndToEnd;

public sealed class ReproduceTests : TemporaryFolder
{
    private string Out => Path.Combine(Folder, "out");

    [Fact]
    public async Task AFigureIsDrawnWithItsDataAndAReport()
    {
        var result = await CommandProcess.Run(Folder, "reproduce phase-retrieval --figure 3 --out out");
        result.ExitCode.ShouldBe(0);
        FilesAreWhole("figure-3");
        var report = await File.ReadAllTextAsync(Path.Combine(Out, "report-figure-3.html"), TestContext.Current.CancellationToken);
        report.ShouldContain("<svg");
        report.ShouldNotContain("src=\"http");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnInterruptedReproductionKeepsFinishedFiguresAndContinues(bool isKilled)
    {
        // Figure 3 takes about a second, figure 1 much longer: the first is finished when the second is interrupted.
        using (var command = CommandProcess.Start(Folder, "reproduce", "phase-retrieval", "--figure", "1,3", "--jobs", "2", "--out", "out"))
        {
            await command.WaitForMessage("figure-3:");
            if (isKilled)
                command.Kill();
            else
                command.Interrupt();
            var result = await command.Finish();
            if (!isKilled)
            {
                result.ExitCode.ShouldBe(130);
                result.Error.ShouldContain("the same command continues");
            }
        }

        FilesAreWhole("figure-3");
        Directory.GetFiles(Out, "report*").ShouldBeEmpty();
        if (!isKilled)
            Directory.GetFiles(Out, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
        var written = File.GetLastWriteTimeUtc(Path.Combine(Out, "figures", "figure-3.png"));
        var second = await CommandProcess.Run(Folder, "reproduce phase-retrieval --figure 3 --out out");
        second.ExitCode.ShouldBe(0);
        second.Error.ShouldContain("kept from an earlier call");
        File.GetLastWriteTimeUtc(Path.Combine(Out, "figures", "figure-3.png")).ShouldBe(written);
    }

    [Fact]
    public async Task ADamagedResultIsMadeAgainAndADeletedPictureIsDrawnAgain()
    {
        (await CommandProcess.Run(Folder, "reproduce phase-retrieval --figure 3 --out out")).ExitCode.ShouldBe(0);
        var picture = Path.Combine(Out, "figures", "figure-3.png");
        var bytes = await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken);
        File.Delete(picture);
        (await CommandProcess.Run(Folder, "reproduce phase-retrieval --figure 3 --out out")).Error.ShouldContain("kept from an earlier call");
        (await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken)).ShouldBe(bytes);
        await File.WriteAllTextAsync(Path.Combine(Out, "tasks", "figure-3.json"), "{\"Fingerprint\": ", TestContext.Current.CancellationToken);
        var again = await CommandProcess.Run(Folder, "reproduce phase-retrieval --figure 3 --out out");
        again.ExitCode.ShouldBe(0);
        again.Error.ShouldNotContain("kept");
        (await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken)).ShouldBe(bytes);
    }

    private void FilesAreWhole(string id)
    {
        foreach (var ending in new[] { ".png", ".svg", ".csv" })
            new FileInfo(Path.Combine(Out, "figures", id + ending)).Length.ShouldBeGreaterThan(1000);
        var png = File.ReadAllBytes(Path.Combine(Out, "figures", id + ".png"));

        // A whole PNG ends with its IEND chunk.
        png.AsSpan(png.Length - 8, 4).SequenceEqual("IEND"u8).ShouldBeTrue();
        File.ReadAllText(Path.Combine(Out, "figures", id + ".svg")).TrimEnd().ShouldEndWith("</svg>");
    }
}
