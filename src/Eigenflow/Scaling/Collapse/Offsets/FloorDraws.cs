using Eigenflow.Random;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// Draws floors L0 that noise of the end points may have left: refits to the fitted law plus noise of the means of models, with a variance drawn given its degrees of freedom.
/// The noise is that of seeds within models, pooled with that of the residuals of means about the law (n − 3 degrees) unless these are significantly larger, and then theirs: a law that does not fit widens the interval. (Derived; a percentile interval.)
/// </summary>
internal static class FloorDraws
{
    private const int Stream = 5;
    private const int Parameters = 3;
    private const double MisfitLevel = 0.05;

    /// <summary>Draws.</summary>
    /// <param name="fit">The law at every end point.</param>
    /// <param name="groups">Model of every end point, from 0.</param>
    /// <param name="resamples">Number of refits.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>L0 of every refit; empty where no degree of freedom is left. And what the noise is.</returns>
    public static (double[] Floors, string Method) Draw(FloorProblem fit, int[] groups, int resamples, ulong seed, CancellationToken cancellation)
    {
        var models = groups.Max() + 1;
        double[] means = new double[models], counts = new double[models];
        for (var i = 0; i < groups.Length; i++)
        {
            means[groups[i]] += fit.Residuals[i];
            counts[groups[i]]++;
        }

        for (var m = 0; m < models; m++)
            means[m] /= counts[m];
        int freeBetween = models - Parameters, freeWithin = groups.Length - models;
        if (freeBetween <= 0 && freeWithin <= 0)
            return ([], "three end points determine three parameters: no interval without seeds or a fourth size");

        // Variances of the mean of a model.
        var perModel = counts.Average(count => 1 / count);
        var between = freeBetween > 0 ? means.Sum(mean => mean * mean) / freeBetween : 0;
        var within = 0.0;
        for (var i = 0; i < groups.Length && freeWithin > 0; i++)
            within += Math.Pow(fit.Residuals[i] - means[groups[i]], 2) / freeWithin * perModel;

        // Misfit that seeds explain is noise like theirs, and both are one variance; misfit that they do not explain counts alone.
        var isMisfit = freeBetween > 0 && (freeWithin <= 0 || FisherSnedecor.CDF(freeBetween, freeWithin, between / within) > 1 - MisfitLevel);
        var free = isMisfit ? freeBetween : Math.Max(0, freeBetween) + Math.Max(0, freeWithin);
        var estimate = isMisfit ? between : ((Math.Max(0, freeBetween) * between) + (freeWithin * within)) / free;
        var floors = new double[resamples];
        var normals = new double[models + free];
        var losses = new double[groups.Length];
        for (var replica = 0; replica < resamples; replica++)
        {
            cancellation.ThrowIfCancellationRequested();
            GaussianGenerator.Fill(new GaussianAddress(seed, Stream, replica, 0), 0, normals);
            var variance = Drawn(estimate, normals.AsSpan(models));
            for (var i = 0; i < losses.Length; i++)
                losses[i] = fit.Losses[i] * Math.Exp(means[groups[i]] + (Math.Sqrt(variance) * normals[groups[i]]));
            floors[replica] = new HuberFloor(fit.Computes, losses).Minimize().Floor;
        }

        return (floors, $"percentiles of {resamples} refits to the law with noise of {(isMisfit ? freeWithin > 0 ? "the law's misfit, which exceeds that of seeds" : "the residuals" : "seeds")}, {free} degrees of freedom");

        static double Drawn(double variance, ReadOnlySpan<double> normals)
        {
            if (normals.IsEmpty || !(variance > 0))
                return 0;
            var sum = 0.0;
            foreach (var normal in normals)
                sum += normal * normal;
            return variance * normals.Length / sum;
        }
    }
}

/// <summary>End points with the residuals ln(law) − ln(loss) of the fitted law.</summary>
internal sealed record FloorProblem(double[] Computes, double[] Losses, double[] Residuals);
