using Eigenflow.Random;
using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Solutions;

public sealed class ReplicaColumnsTests
{
    private static readonly NamedQuantity Ratio = new("share", "c", "A part of a whole.");

    [Fact]
    public void ARatioIsThatOfTheMeansWhereADenominatorVanishes()
    {
        double[] parts = [1, 2, 3, -4], wholes = [2, 4, 5, 1e-9];
        var columns = ReplicaColumns.OfRatio(Ratio, 1, 4, (replica, _) => parts[replica] / wholes[replica], (replica, _) => wholes[replica]).ToArray();
        columns.Select(column => column.Name).ShouldBe(["share", "share-se", "share-q10", "share-q90", "share-median"]);
        columns[0].Values[0].ShouldBe(2 / 11.0, 1e-9);
        columns[4].Values[0].ShouldBe(0.5);
    }

    [Fact]
    public void ItsErrorIsThatOfTheMeansToFirstOrder()
    {
        // Over many draws of 50 replicas the ratio scatters by the error that it states.
        const int draws = 400, replicas = 50;
        var numbers = new double[2 * replicas * draws];
        GaussianGenerator.Fill(new GaussianAddress(3, 0, 0, 0), 0, numbers);
        double Whole(int replica, int row) => 1 + (0.5 * numbers[(row * 2 * replicas) + replica]);
        double Part(int replica, int row) => (0.3 * Whole(replica, row)) + (0.2 * numbers[(row * 2 * replicas) + replicas + replica]);
        var columns = ReplicaColumns.OfRatio(Ratio, draws, replicas, (replica, row) => Part(replica, row) / Whole(replica, row), Whole).ToArray();
        var scatter = Math.Sqrt(columns[0].Values.Sum(value => (value - 0.3) * (value - 0.3)) / draws);
        scatter.ShouldBe(columns[1].Values.Average(), 4 * scatter / Math.Sqrt(2 * draws));
    }

    [Fact]
    public void WhereAllDenominatorsAreZeroItIsTheMeanOfTheRatios()
    {
        var columns = ReplicaColumns.OfRatio(Ratio, 1, 3, (_, _) => 0.25, (_, _) => 0).ToArray();
        columns[0].Values[0].ShouldBe(0.25);
        columns[1].Values[0].ShouldBe(0);
        ReplicaColumns.OfRatio(Ratio, 1, 1, (_, _) => 0.25, (_, _) => 2).Single().Values[0].ShouldBe(0.25);
    }
}
