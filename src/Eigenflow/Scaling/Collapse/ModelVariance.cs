using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// Analysis of variance of models against seeds at one x. Unpaired: one way, against the variance within models. Paired: seeds with one label are a block in all models, and models are tested against what is left after the block;
/// that is right whether or not the seeds of a block share random numbers, and finds far smaller differences where they do.
/// </summary>
/// <param name="Between">Variance of the means of models.</param>
/// <param name="Within">Mean variance between the seeds of a model: the noise.</param>
/// <param name="Residual">Variance against which models are tested.</param>
/// <param name="DegreesOfFreedom">Its degrees of freedom.</param>
/// <param name="Ratio">F of models.</param>
/// <param name="BlockProbability">Probability of a smaller effect of the seeds' labels if these had none; NaN unpaired.</param>
internal readonly record struct ModelVariance(double Between, double Within, double Residual, double DegreesOfFreedom, double Ratio, double BlockProbability)
{
    /// <summary>Analyses.</summary>
    /// <param name="values">One value per model and seed; at least two models, and two seeds of each.</param>
    /// <param name="isPaired">Whether seeds are blocks: as many in every model, in one order.</param>
    public static ModelVariance Of(double[][] values, bool isPaired)
    {
        var models = values.Length;
        var means = new double[models];
        double within = 0, squares = 0, degrees = 0, total = 0;
        for (var m = 0; m < models; m++)
        {
            means[m] = values[m].Average();
            var sum = 0.0;
            foreach (var value in values[m])
                sum += (value - means[m]) * (value - means[m]);
            within += sum / (values[m].Length - 1) / models;
            squares += sum;
            degrees += values[m].Length - 1;
            total += values[m].Length;
        }

        double mean = means.Average(), grand = 0, effect = 0;
        for (var m = 0; m < models; m++)
            grand += means[m] * values[m].Length / total;
        for (var m = 0; m < models; m++)
            effect += (means[m] - grand) * (means[m] - grand) * values[m].Length / (models - 1);
        var between = means.Sum(value => (value - mean) * (value - mean)) / (models - 1);
        if (!isPaired)
            return new ModelVariance(between, within, squares / degrees, degrees, effect / (squares / degrees), double.NaN);
        var seeds = values[0].Length;
        var blocks = 0.0;
        for (var s = 0; s < seeds; s++)
        {
            var own = -mean;
            for (var m = 0; m < models; m++)
                own += values[m][s] / models;
            blocks += models * own * own;
        }

        var left = (double)((models - 1) * (seeds - 1));
        var residual = Math.Max(0, squares - blocks) / left;
        var ratio = blocks / (seeds - 1) / residual;
        return new ModelVariance(between, within, residual, left, effect / residual, double.IsFinite(ratio) ? FisherSnedecor.CDF(seeds - 1, left, ratio) : blocks > 0 ? 1 : 0);
    }

    /// <summary>Whether models differ with p below a level.</summary>
    /// <param name="models">Number of models.</param>
    /// <param name="level">The level.</param>
    public bool IsSignificant(int models, double level) => double.IsFinite(Ratio) ? FisherSnedecor.CDF(models - 1, DegreesOfFreedom, Ratio) > 1 - level : Ratio > 0;

    /// <summary>
    /// The probability that the test finds differences between models of a given size at one x: the distribution of F with noncentrality n (k − 1) τ²/σ², a Poisson mixture of beta distributions.
    /// </summary>
    /// <param name="models">k.</param>
    /// <param name="seeds">n, of each model.</param>
    /// <param name="degrees">Degrees of freedom of the variance that models are tested against.</param>
    /// <param name="relativeVariance">τ²/σ²: variance of the means of models over that variance.</param>
    /// <param name="level">Level of the test.</param>
    public static double Power(int models, double seeds, double degrees, double relativeVariance, double level)
    {
        const double MostNoncentral = 1000;
        var noncentral = seeds * (models - 1) * relativeVariance;
        if (!(noncentral < MostNoncentral))
            return 1;
        var ratio = FisherSnedecor.InvCDF(models - 1, degrees, 1 - level);
        var place = (models - 1) * ratio / (((models - 1) * ratio) + degrees);
        double missed = 0, weight = Math.Exp(-noncentral / 2), done = 0;
        for (var j = 0; done < 1 - 1e-9 && j < 10 * MostNoncentral; j++)
        {
            missed += weight * SpecialFunctions.BetaRegularized(((models - 1) / 2.0) + j, degrees / 2, place);
            done += weight;
            weight *= noncentral / 2 / (j + 1);
        }

        return 1 - missed;
    }
}
